package io.wwep.board;

import io.wwep.client.TlsDetails;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * The connection over which a message went.
 *
 * @param own the board's address
 * @param server the address that the server's name stands for, and the port
 * @param connecting how long the name, the connection and TLS took together
 * @param tls what TLS agreed on; empty over plain TCP
 */
public record Contact(
    InetAddress own, InetSocketAddress server, Duration connecting, Optional<TlsDetails> tls) {}

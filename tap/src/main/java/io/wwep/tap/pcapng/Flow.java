package io.wwep.tap.pcapng;

import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * One TCP connection in a capture: numbers its bytes, and writes the packets around them that a
 * connection has. Each data packet is acknowledged at once. After its end it writes nothing more.
 *
 * <p>Methods may be called by any thread, and take turns.
 */
public final class Flow {

  private static final byte[] NOTHING = {};

  /** Beyond it no more is added to a comment that waits. */
  private static final int COMMENT_MAX = 1_000;

  private final CaptureFile file;
  private final int onInterface;
  private final InetSocketAddress client;
  private final InetSocketAddress server;
  private int clientNext;
  private int serverNext;
  private boolean clientEnded;
  private boolean serverEnded;
  private boolean over;
  private String waiting;

  Flow(CaptureFile file, int onInterface, InetSocketAddress client, InetSocketAddress server) {
    if (Packets.isV6(client.getAddress()) != Packets.isV6(server.getAddress())) {
      throw new IllegalArgumentException("client and server must be of one version of IP");
    }
    this.file = Objects.requireNonNull(file, "file");
    this.onInterface = onInterface;
    this.client = client;
    this.server = server;
  }

  /**
   * Writes SYN, SYN+ACK and ACK.
   *
   * @param comment for the first of them
   */
  public synchronized void opened(String comment) {
    packet(true, Packets.SYN, NOTHING, comment);
    clientNext++;
    packet(false, Packets.SYN | Packets.ACK, NOTHING, null);
    serverNext++;
    packet(true, Packets.ACK, NOTHING, null);
  }

  /**
   * Writes bytes as one segment, and its acknowledgement.
   *
   * @param bytes 1 to 65,000
   * @param comment null for none
   */
  public synchronized void data(boolean fromClient, byte[] bytes, String comment) {
    if (isEnded(fromClient) || bytes.length == 0) {
      return;
    }
    packet(fromClient, Packets.PSH | Packets.ACK, bytes, comment);
    advance(fromClient, bytes.length);
    packet(!fromClient, Packets.ACK, NOTHING, null);
  }

  /** Puts a comment on the next packet: for what left none of its own. */
  public synchronized void comment(String comment) {
    boolean more = waiting != null && waiting.length() < COMMENT_MAX;
    waiting = waiting == null ? comment : more ? waiting + "; " + comment : waiting;
  }

  /**
   * Writes the end of one side, and its acknowledgement.
   *
   * @param comment null for none
   */
  public synchronized void ended(boolean fromClient, String comment) {
    if (isEnded(fromClient)) {
      return;
    }
    packet(fromClient, Packets.FIN | Packets.ACK, NOTHING, comment);
    advance(fromClient, 1);
    clientEnded |= fromClient;
    serverEnded |= !fromClient;
    packet(!fromClient, Packets.ACK, NOTHING, null);
    over = clientEnded && serverEnded;
  }

  /**
   * Writes a reset by one side.
   *
   * @param comment null for none
   */
  public synchronized void reset(boolean fromClient, String comment) {
    if (!over) {
      packet(fromClient, Packets.RST | Packets.ACK, NOTHING, comment);
      over = true;
    }
  }

  private boolean isEnded(boolean ofClient) {
    return over || (ofClient ? clientEnded : serverEnded);
  }

  private void advance(boolean ofClient, int bytes) {
    if (ofClient) {
      clientNext += bytes;
    } else {
      serverNext += bytes;
    }
  }

  private void packet(boolean fromClient, int flags, byte[] bytes, String comment) {
    String told = waiting == null ? comment : comment == null ? waiting : waiting + "; " + comment;
    waiting = null;
    int acknowledged = fromClient ? serverNext : clientNext;
    file.packet(
        onInterface,
        Packets.packet(
            fromClient ? client : server,
            fromClient ? server : client,
            fromClient ? clientNext : serverNext,
            (flags & Packets.ACK) == 0 ? 0 : acknowledged,
            flags,
            bytes),
        told);
  }
}

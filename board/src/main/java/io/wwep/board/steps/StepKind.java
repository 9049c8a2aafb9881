package io.wwep.board.steps;

import java.util.Locale;

/** The steps of a socket, in their order, each with what the lecture's boards call for it. */
public enum StepKind {
  /** The name's addresses are looked up. */
  RESOLVE("wiced_hostname_lookup()"),
  /** A socket is made. */
  CREATE("wiced_tcp_create_socket()"),
  /** It gets a port of this machine. */
  BIND("wiced_tcp_bind( …, WICED_ANY_PORT )"),
  /** The server takes the connection. */
  CONNECT("wiced_tcp_connect()"),
  /** Both sides agree on keys, and show certificates. */
  HANDSHAKE("wiced_tcp_enable_tls(), and then it is part of wiced_tcp_connect()"),
  /** The message is put into a packet buffer. */
  WRITE("wiced_tcp_stream_write()"),
  /** The packet buffer is sent. */
  FLUSH("wiced_tcp_stream_flush()"),
  /** The reply is waited for. */
  READ("wiced_tcp_stream_read( …, 11, 500 )"),
  /** The connection ends. */
  DISCONNECT("wiced_tcp_disconnect() and wiced_tcp_delete_socket()");

  private final String onTheBoard;

  StepKind(String onTheBoard) {
    this.onTheBoard = onTheBoard;
  }

  /** Returns the function that does it on the lecture's board. */
  public String onTheBoard() {
    return onTheBoard;
  }

  /** Returns the step's name: {@code connect}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

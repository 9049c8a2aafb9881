package io.wwep.tap;

import io.wwep.protocol.Wwep;
import io.wwep.tap.pcapng.CaptureFile;
import io.wwep.tap.pcapng.Flow;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/**
 * What of one connection gets into the capture: what the board saw, and where that may differ, on a
 * second interface what the server saw. Without a capture it does nothing.
 *
 * <p>The board's connection is written as one with the server itself, at the server's port, and
 * decrypted TLS at the plain one: so Wireshark takes it for WWEP.
 */
final class Recording {

  private static final int BOARDS = 0;
  private static final int SERVERS = 1;

  private static final String COMMENT =
      "Made by wwep tap, which stood between boards and %s. The bytes, their segments and their times are as the tap read and wrote them; "
          + "the headers of IP and TCP around them, the handshakes of TCP and the acknowledgements are synthetic.%s";

  private static final String OF_TLS =
      " On the wire this was TLS: each segment here is what one record had in it, and the server's port is written as %d, that of the plain protocol."
          .formatted(Wwep.PLAIN_PORT);

  private final Flow board;
  private final Flow server;

  private Recording(Flow board, Flow server) {
    this.board = board;
    this.server = server;
  }

  /**
   * Makes the file that the configuration names.
   *
   * @return null where it names none
   */
  static CaptureFile file(TapConfig config, Consumer<String> trouble) throws IOException {
    if (config.save() == null) {
      return null;
    }
    String[] boards = {"board", "between boards and the tap, written as if with the server itself"};
    String[] servers = {"server", "between the tap and the server"};
    return CaptureFile.create(
        config.save(),
        config.saveBytesMax(),
        COMMENT.formatted(config.target(), config.tls() == null ? "" : OF_TLS),
        config.alters() ? new String[][] {boards, servers} : new String[][] {boards},
        trouble);
  }

  /** Returns one that writes nothing. */
  static Recording none() {
    return new Recording(null, null);
  }

  /**
   * Begins a connection.
   *
   * @param file null for none
   */
  static Recording begin(CaptureFile file, TapConfig config, long id, Wire board, Wire server) {
    if (file == null) {
      return none();
    }
    int port = config.tls() == null ? config.port() : Wwep.PLAIN_PORT;
    InetSocketAddress far = new InetSocketAddress(server.remote().getAddress(), port);
    // Two versions of IP do not make one connection: then the tap stands in for the server.
    InetSocketAddress seen =
        isV6(board.remote()) == isV6(far)
            ? far
            : new InetSocketAddress(board.local().getAddress(), port);
    Flow boardFlow = file.flow(BOARDS, board.remote(), seen);
    Flow serverFlow = config.alters() ? file.flow(SERVERS, server.local(), far) : null;
    String comment = "connection %d of the tap".formatted(id);
    boardFlow.opened(comment);
    if (serverFlow != null) {
      serverFlow.opened(comment);
    }
    return new Recording(boardFlow, serverFlow);
  }

  private static boolean isV6(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address;
  }

  /** Bytes between board and tap. */
  void atBoard(Side from, byte[] bytes, String comment) {
    if (board != null) {
      board.data(from == Side.BOARD, bytes, comment);
    }
  }

  /** Bytes between tap and server. */
  void atServer(Side from, byte[] bytes, String comment) {
    if (server != null) {
      server.data(from == Side.BOARD, bytes, comment);
    }
  }

  /** Something that left no bytes at the board: its next packet tells. */
  void note(String comment) {
    if (board != null) {
      board.comment(comment);
    }
  }

  /** A side has ended in order, and so it looks to the other. */
  void ended(Side from) {
    if (board != null) {
      board.ended(from == Side.BOARD, null);
    }
    if (server != null) {
      server.ended(from == Side.BOARD, null);
    }
  }

  /** A side was reset, and so was the other. */
  void reset(Side from) {
    if (board != null) {
      board.reset(from == Side.BOARD, null);
    }
    if (server != null) {
      server.reset(from == Side.BOARD, null);
    }
  }

  /** A fault has ended the board's connection; that with the server is ended in order. */
  void cut(boolean byReset, String comment) {
    if (board == null) {
      return;
    }
    if (byReset) {
      board.reset(false, comment);
    } else {
      board.ended(false, comment);
    }
    if (server != null) {
      server.ended(true, null);
    }
  }
}

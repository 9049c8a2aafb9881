package io.wwep.it.peers;

import java.io.IOException;
import java.net.Socket;

/** How a peer is gone. */
enum Ending {
  /** Killed with bytes unread, or its machine has started anew. */
  RST {
    @Override
    void end(Socket socket) throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  },
  /** Closed, or killed with nothing unread. */
  FIN {
    @Override
    void end(Socket socket) throws IOException {
      socket.close();
    }
  },
  /** Ended its own side, and waits. */
  HALF_CLOSE {
    @Override
    void end(Socket socket) throws IOException {
      socket.shutdownOutput();
    }
  },
  /** Lost its power, or its network: nothing comes any more. */
  SILENCE {
    @Override
    void end(Socket socket) {}
  };

  /** Ends the connection in this way; what is not closed then stays open. */
  abstract void end(Socket socket) throws IOException;
}

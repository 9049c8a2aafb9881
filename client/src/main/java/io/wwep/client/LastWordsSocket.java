package io.wwep.client;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A TCP socket on which the peer's last words are heard.
 *
 * <p>A peer that refuses a certificate sends an alert and closes, while this side is still sending.
 * The write that fails then would end the JDK's TLS before it has read the alert. So a failed write
 * is kept quiet here: what the peer said is still there to be read, and the end of the connection
 * behind it.
 */
public class LastWordsSocket extends Socket {

  /** Makes one that is to be connected, or accepted. */
  public LastWordsSocket() {
    super();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(super.getOutputStream()) {
      private volatile boolean failed;

      @Override
      public void write(byte[] bytes, int offset, int length) {
        try {
          if (!failed) {
            out.write(bytes, offset, length);
          }
        } catch (IOException e) {
          failed = true;
        }
      }

      @Override
      public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
      }
    };
  }
}

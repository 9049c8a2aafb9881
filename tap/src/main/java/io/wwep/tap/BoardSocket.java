package io.wwep.tap;

import io.wwep.client.LastWordsSocket;
import io.wwep.protocol.tls.TlsRecord;
import io.wwep.tap.decode.AlertWords;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A board's connection on which an alert is heard that the JDK does not understand: in a handshake
 * of TLS 1.3 OpenSSL sends it in clear, where the JDK decrypts already.
 */
final class BoardSocket extends LastWordsSocket {

  /** A record with an alert: type, version, length, level, and the alert's number. */
  private static final int ALERT_BYTES = 7;

  private static final int MAJOR_VERSION = 3;
  private static final int FATAL = 2;

  private final byte[] last = new byte[ALERT_BYTES];

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read(byte[] bytes, int start, int length) throws IOException {
        int count = in.read(bytes, start, length);
        keep(bytes, start, count);
        return count;
      }

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }
    };
  }

  private synchronized void keep(byte[] bytes, int start, int count) {
    int kept = Math.min(count, ALERT_BYTES);
    if (kept > 0) {
      System.arraycopy(last, kept, last, 0, ALERT_BYTES - kept);
      System.arraycopy(bytes, start + count - kept, last, ALERT_BYTES - kept, kept);
    }
  }

  /** Returns the alert with which its bytes end, in clear, as in {@code unknown_ca}; or null. */
  synchronized String lastAlert() {
    boolean alert =
        last[0] == TlsRecord.ALERT
            && last[1] == MAJOR_VERSION
            && last[3] == 0
            && last[4] == 2
            && last[5] == FATAL;
    return alert ? AlertWords.name(last[6] & 0xFF) : null;
  }
}

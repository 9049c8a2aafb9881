package io.wwep.tap.decode;

import io.wwep.protocol.tls.TlsNames;
import io.wwep.protocol.tls.TlsRecord;
import java.util.List;

/**
 * Reads the records of one direction of a TLS connection from outside, as an eavesdropper does (RFC
 * 8446, section 5.1): kinds and lengths are in clear, and the first messages of a handshake.
 *
 * <p>One thread.
 */
final class TlsRecords {

  private static final int HEADER = 5;
  private static final int SEEN_MAX = HEADER + 2;

  /** The beginning of the record: its header and at most two bytes of what is in it. */
  private final byte[] seen = new byte[SEEN_MAX];

  private int seenLength;
  private int left;
  private boolean encrypted;
  private boolean foreign;

  /** Reads on, and adds what begins to {@code found}. */
  void read(byte[] bytes, int length, List<Message> found) {
    int i = 0;
    while (i < length && !foreign) {
      if (left > 0) {
        int skipped = Math.min(left, length - i);
        left -= skipped;
        i += skipped;
      } else {
        seen[seenLength++] = bytes[i++];
        look(found);
      }
    }
  }

  private void look(List<Message> found) {
    if (seenLength == 1 && !TlsRecord.isKind(seen[0])) {
      foreign = true;
      found.add(Message.of(Message.Kind.FOREIGN, "", "no TLS record begins like this"));
      return;
    }
    if (seenLength < HEADER) {
      return;
    }
    int body = (seen[3] & 0xFF) << 8 | (seen[4] & 0xFF);
    if (seenLength < Math.min(SEEN_MAX, HEADER + body)) {
      return;
    }
    found.add(Message.of(Message.Kind.TLS, "", words(body)));
    left = HEADER + body - seenLength;
    encrypted |= seen[0] == TlsRecord.CHANGE_CIPHER_SPEC || seen[0] == TlsRecord.APPLICATION_DATA;
    seenLength = 0;
  }

  private String words(int body) {
    return switch (seen[0]) {
      case TlsRecord.CHANGE_CIPHER_SPEC -> "TLS ChangeCipherSpec: from here on all is encrypted";
      case TlsRecord.ALERT ->
          body == 2 && !encrypted
              ? "TLS alert %d (%s), in clear"
                  .formatted(seen[6] & 0xFF, AlertWords.name(seen[6] & 0xFF))
              : "TLS alert, encrypted";
      case TlsRecord.HANDSHAKE ->
          encrypted
              ? "TLS handshake, %d bytes, encrypted".formatted(body)
              : "TLS %s, %d bytes".formatted(handshake(seen[5]), body);
      default -> "TLS application data, %d bytes, encrypted".formatted(body);
    };
  }

  private static String handshake(int type) {
    return TlsNames.message(type).orElse("handshake");
  }
}

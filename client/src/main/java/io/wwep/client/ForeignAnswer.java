package io.wwep.client;

import io.wwep.protocol.WireText;
import io.wwep.protocol.tls.TlsRecord;
import java.nio.charset.StandardCharsets;

/** What a server that was expected to speak TLS answered instead, by the first bytes of it. */
enum ForeignAnswer {
  /** TLS, or nothing yet. */
  NONE(""),
  HTTP("speaks HTTP and not TLS"),
  WWEP("answers as WWEP without TLS does"),
  OTHER("answers '%s', which is not TLS");

  private final String words;

  ForeignAnswer(String words) {
    this.words = words;
  }

  /**
   * @param first what came first; may be empty
   */
  static ForeignAnswer of(byte[] first) {
    if (first.length == 0
        || (first[0] & 0xFF) == TlsRecord.HANDSHAKE
        || (first[0] & 0xFF) == TlsRecord.ALERT) {
      return NONE;
    }
    String text = new String(first, StandardCharsets.ISO_8859_1);
    if (text.startsWith("HTTP/") || text.startsWith("<")) {
      return HTTP;
    }
    return text.startsWith("X") || text.startsWith("A") ? WWEP : OTHER;
  }

  /** Returns what the server does, as the end of a sentence that begins with its name. */
  String words(byte[] first) {
    return words.formatted(WireText.show(first));
  }
}

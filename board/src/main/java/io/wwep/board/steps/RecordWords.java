package io.wwep.board.steps;

import io.wwep.board.steps.Passed.Direction;
import io.wwep.board.steps.Passed.Layer;
import io.wwep.client.TlsDetails;
import java.util.List;
import java.util.Optional;

/** What can be said of records that only the two sides can read, by what came of them. */
final class RecordWords {

  private static final int UNKNOWN = -1;

  private RecordWords() {}

  /**
   * Returns the same with explanations.
   *
   * @param done whether the step did what it is for
   * @param details what TLS agreed on, if it has
   * @param messageBytes how long the board's message is
   */
  static List<Passed> explain(
      StepKind kind,
      boolean done,
      List<Passed> passed,
      Optional<TlsDetails> details,
      int messageBytes) {
    int textBytes =
        kind == StepKind.FLUSH
            ? messageBytes
            : passed.stream()
                .filter(each -> each.layer() == Layer.TEXT)
                .mapToInt(Passed::length)
                .sum();
    List<Passed> records =
        passed.stream().filter(each -> each.layer() == Layer.TLS_RECORD).toList();
    int overhead =
        records.size() == 1 && textBytes > 0
            ? records.get(0).length() - textBytes
            : details.map(RecordWords::overhead).orElse(UNKNOWN);
    return passed.stream()
        .map(
            each ->
                records.contains(each)
                    ? each.explained(words(kind, done, each, textBytes, overhead))
                    : each)
        .toList();
  }

  private static String words(
      StepKind kind, boolean done, Passed record, int textBytes, int overhead) {
    return switch (kind) {
      case HANDSHAKE -> ofHandshake(done, record);
      case FLUSH -> "%s of text and %d of TLS".formatted(StepWords.bytes(textBytes), overhead);
      case READ -> ofReply(record, textBytes, overhead);
      case DISCONNECT ->
          record.direction() == Direction.SENT
              ? "tells the server that TLS ends (close_notify)"
              : "";
      default -> "";
    };
  }

  private static String ofHandshake(boolean done, Passed record) {
    if (!record.name().equals("encrypted record")) {
      return "";
    }
    return done || record.direction() == Direction.RECEIVED
        ? "the rest of this side's handshake, which TLS 1.3 hides"
        : "by its place the alert that says why not, which TLS 1.3 hides";
  }

  private static String ofReply(Passed record, int textBytes, int overhead) {
    if (textBytes == 0 || overhead == UNKNOWN) {
      return "";
    }
    return record.length() == textBytes + overhead
        ? "%s of text and %d of TLS".formatted(StepWords.bytes(textBytes), overhead)
        : "no text in it: TLS' own, as tickets for a next session are";
  }

  /**
   * Returns what a record has beside its text: header, tag, and what the version adds (RFC 8446,
   * section 5.2; RFC 5288; RFC 7905). Records of TLS 1.3 may be padded, which few do.
   */
  private static int overhead(TlsDetails details) {
    if (details.version().equals("TLSv1.3")) {
      return RecordReader.HEADER_BYTES + 16 + 1;
    }
    if (details.cipherSuite().contains("_GCM_")) {
      return RecordReader.HEADER_BYTES + 8 + 16;
    }
    return details.cipherSuite().contains("CHACHA20") ? RecordReader.HEADER_BYTES + 16 : UNKNOWN;
  }
}

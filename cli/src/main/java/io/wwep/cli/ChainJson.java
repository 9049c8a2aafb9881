package io.wwep.cli;

import io.wwep.certs.BoardFlag;
import io.wwep.certs.BoardVerdict;
import io.wwep.certs.BoardVerdict.Link;
import io.wwep.certs.CertificateWords;
import io.wwep.certs.ChainReport;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** Certificates and what is decided of them, as JSON. */
final class ChainJson {

  private ChainJson() {}

  /** Returns the way from the server's certificate up, an object for each. */
  static List<Json> chain(BoardVerdict verdict) {
    return IntStream.range(0, verdict.links().size())
        .mapToObj(i -> link(verdict.links().get(i), i))
        .toList();
  }

  private static Json link(Link link, int index) {
    CertificateWords words = link.words();
    return new Json()
        .put("role", ChainReport.role(link, index))
        .put("subject", words.subject())
        .put("issuer", words.issuer())
        .put("names", words.names())
        .put("notBefore", words.notBefore().toString())
        .put("notAfter", words.notAfter().toString())
        .put("key", words.key())
        .put("signature", words.signature())
        .put("fingerprint", words.fingerprint())
        .put("sent", link.position() >= 0 ? link.position() + 1 : null)
        .put("knownFrom", link.source().orElse(null));
  }

  /** Returns all steps, an object for each; a certificate is its place in the chain, from 1. */
  static List<Json> steps(BoardVerdict verdict) {
    return verdict.steps().stream()
        .map(
            each ->
                new Json()
                    .put("certificate", each.link() + 1)
                    .put("step", each.kind().words())
                    .put("result", each.result().name().toLowerCase(Locale.ROOT))
                    .put("reason", each.reason()))
        .toList();
  }

  /** Returns what mbed TLS makes of the failures, or null where it would see none. */
  static Json mbedTls(BoardVerdict verdict) {
    Set<BoardFlag> flags = verdict.flags();
    if (flags.isEmpty()) {
      return null;
    }
    BoardFlag first = BoardFlag.first(flags);
    boolean read = !BoardFlag.areUnreadable(flags);
    return new Json()
        .put("error", BoardFlag.error(flags))
        .put("flags", read ? "0x%08X".formatted(BoardFlag.bits(flags)) : null)
        .put("alert", first.alert())
        .put("alertName", first.alertName());
  }
}

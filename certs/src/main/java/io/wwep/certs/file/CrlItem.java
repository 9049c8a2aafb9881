package io.wwep.certs.file;

import io.wwep.certs.KeyWords;
import io.wwep.certs.ListWords;
import io.wwep.certs.NameWords;
import io.wwep.certs.Spans;
import io.wwep.certs.Validity;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.TBSCertList;
import org.bouncycastle.cert.X509CRLHolder;

/** A list of certificates that are withdrawn (CRL). */
record CrlItem(String form, X509CRLHolder holder) implements Item {

  private static final int SHOWN_MAX = 20;

  @Override
  public String noun() {
    return "CRL";
  }

  @Override
  public Description describe(Instant now) {
    TBSCertList.CRLEntry[] withdrawn =
        holder.toASN1Structure().getTBSCertList().getRevokedCertificates();
    String issuer = NameWords.of(holder.getIssuer());
    String signature = KeyWords.signature(holder.toASN1Structure().getSignatureAlgorithm());
    Description about =
        new Description("crl", "list of withdrawn certificates (CRL)")
            .fact("of", issuer, "issuer", issuer)
            .fact("made", moment(holder.getThisUpdate(), now))
            .value("thisUpdate", holder.getThisUpdate().toInstant().toString());
    if (holder.getNextUpdate() != null) {
      about
          .fact("next", moment(holder.getNextUpdate(), now))
          .value("nextUpdate", holder.getNextUpdate().toInstant().toString());
    }
    about
        .fact("withdrawn", shown(withdrawn), "withdrawn", withdrawn.length)
        .fact("signature", signature, "signature", signature);
    ExtensionWords.describe(holder.toASN1Structure().getTBSCertList().getExtensions(), about);
    return about;
  }

  private static String moment(Date date, Instant now) {
    Instant moment = date.toInstant();
    return "%s, %s".formatted(Validity.day(moment), Spans.from(now, moment));
  }

  private static String shown(TBSCertList.CRLEntry[] all) {
    List<String> serials =
        Stream.of(all)
            .map(each -> each.getUserCertificate().getValue().toString(16).toUpperCase(Locale.ROOT))
            .toList();
    return serials.isEmpty()
        ? "none"
        : "%d, serial %s".formatted(serials.size(), ListWords.first(SHOWN_MAX, serials));
  }
}

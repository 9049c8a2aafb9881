package io.wwep.certs.file;

import io.wwep.certs.KeyWords;
import io.wwep.certs.NameWords;
import io.wwep.certs.Spans;
import io.wwep.certs.Validity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.cert.X509CRLEntryHolder;
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
    Collection<X509CRLEntryHolder> withdrawn = holder.getRevokedCertificates();
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
        .fact("withdrawn", shown(withdrawn), "withdrawn", withdrawn.size())
        .fact("signature", signature, "signature", signature);
    ExtensionWords.describe(holder.toASN1Structure().getTBSCertList().getExtensions(), about);
    return about;
  }

  private static String moment(Date date, Instant now) {
    Instant moment = date.toInstant();
    return "%s, %s".formatted(Validity.day(moment), Spans.from(now, moment));
  }

  private static String shown(Collection<X509CRLEntryHolder> all) {
    List<String> serials = new ArrayList<>();
    all.stream()
        .limit(SHOWN_MAX)
        .forEach(each -> serials.add(each.getSerialNumber().toString(16).toUpperCase(Locale.ROOT)));
    String more = all.size() > SHOWN_MAX ? " and %d more".formatted(all.size() - SHOWN_MAX) : "";
    return all.isEmpty()
        ? "none"
        : "%d, serial %s%s".formatted(all.size(), String.join(", ", serials), more);
  }
}

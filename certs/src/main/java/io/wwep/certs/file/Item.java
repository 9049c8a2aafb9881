package io.wwep.certs.file;

import java.time.Instant;

/** One thing that was found in a file: a certificate, a key, a request and so on. Immutable. */
public sealed interface Item
    permits CertificateItem, PrivateKeyItem, PublicKeyItem, RequestItem, CrlItem, OtherItem {

  /** Returns what sentences call things of this kind, as in {@code certificate}. */
  String noun();

  /** Returns in which form it stands in its file, as in {@code PEM, line 24}. */
  String form();

  /** Returns what there is to say about it at a moment; nothing of a private key itself. */
  Description describe(Instant now);
}

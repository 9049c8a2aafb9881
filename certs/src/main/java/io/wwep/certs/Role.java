package io.wwep.certs;

import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/** What a certificate is for, which decides its extensions (RFC 5280, section 4.2.1). */
enum Role {
  /**
   * A server's own and its root at the same time, so that a board loads one file and gets a chain
   * of one. It says {@code CA:TRUE} because old stacks take no other certificate as a root.
   */
  OWN_ROOT_SERVER(true, KeyPurposeId.id_kp_serverAuth, KeyUsage.keyCertSign),

  /** Signs other certificates and lists of those that are withdrawn, and serves nothing itself. */
  CA(true, null, KeyUsage.keyCertSign | KeyUsage.cRLSign),

  /** A server's, signed by a CA. */
  SERVER(false, KeyPurposeId.id_kp_serverAuth, 0),

  /** A board's, with which it proves to a server which device it is. */
  DEVICE(false, KeyPurposeId.id_kp_clientAuth, 0);

  private final boolean ca;

  @SuppressWarnings("ImmutableEnumChecker") // An object identifier has no setters.
  private final KeyPurposeId purpose;

  private final int usage;

  Role(boolean ca, KeyPurposeId purpose, int usage) {
    this.ca = ca;
    this.purpose = purpose;
    this.usage = usage;
  }

  /** Whether it may sign certificates. */
  boolean isCa() {
    return ca;
  }

  /** Returns what a peer may accept it for, or null when that is not said. */
  KeyPurposeId purpose() {
    return purpose;
  }

  /** Returns what its key may do, as the bits of {@link KeyUsage}. */
  int usage(KeyAlgorithm algorithm) {
    if (this == CA) {
      return usage;
    }
    int own = usage | KeyUsage.digitalSignature;
    // For the TLS_RSA suites of old stacks, where the board encrypts with the server's key.
    boolean encrypts = algorithm == KeyAlgorithm.RSA_2048 && this != DEVICE;
    return encrypts ? own | KeyUsage.keyEncipherment : own;
  }
}

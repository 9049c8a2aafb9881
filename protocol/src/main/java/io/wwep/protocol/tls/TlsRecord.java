package io.wwep.protocol.tls;

/** The kinds of records in TLS, each by the byte with which it begins (RFC 8446, section 5.1). */
public final class TlsRecord {

  public static final int CHANGE_CIPHER_SPEC = 20;
  public static final int ALERT = 21;
  public static final int HANDSHAKE = 22;
  public static final int APPLICATION_DATA = 23;

  private TlsRecord() {}

  /** Whether a record may begin with this byte. */
  public static boolean isKind(int first) {
    return first >= CHANGE_CIPHER_SPEC && first <= APPLICATION_DATA;
  }
}

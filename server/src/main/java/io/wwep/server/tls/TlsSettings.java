package io.wwep.server.tls;

/**
 * How TLS is served, apart from what the server shows.
 *
 * @param profile the versions and suites taken
 * @param clients on which terms clients are let in
 */
public record TlsSettings(TlsProfile profile, ClientTerms clients) {

  /** As a server started without options has it. */
  public static final TlsSettings DEFAULT = new TlsSettings(TlsProfile.BOARD, ClientTerms.NONE);
}

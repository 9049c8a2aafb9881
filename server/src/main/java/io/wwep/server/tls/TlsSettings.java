package io.wwep.server.tls;

import io.wwep.keylog.KeyLog;

/**
 * How TLS is served, apart from what the server shows.
 *
 * @param profile the versions and suites taken
 * @param clients on which terms clients are let in
 * @param keyLog where the keys of connections are written down, or null
 */
public record TlsSettings(TlsProfile profile, ClientTerms clients, KeyLog keyLog) {

  /** As a server started without options has it. */
  public static final TlsSettings DEFAULT = new TlsSettings(TlsProfile.BOARD, ClientTerms.NONE);

  /** Without a key log. */
  public TlsSettings(TlsProfile profile, ClientTerms clients) {
    this(profile, clients, null);
  }

  TlsSettings withClients(ClientTerms other) {
    return new TlsSettings(profile, other, keyLog);
  }
}

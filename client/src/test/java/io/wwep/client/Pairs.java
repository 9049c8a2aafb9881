package io.wwep.client;

import io.wwep.certs.CertificateAuthority;
import io.wwep.certs.Identity;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.PairFiles;
import io.wwep.certs.ServerName;
import io.wwep.certs.Validity;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/** An authority, and the pairs of keys and certificates that it signs for one test. */
record Pairs(Path directory, CertificateAuthority authority) {

  private static final Validity LONG = until("2045-01-01T00:00:00Z");

  /** Makes an authority with this name. */
  static Pairs of(Path directory, String name) {
    Pairs pairs =
        new Pairs(
            directory.resolve(name), CertificateAuthority.create(KeyAlgorithm.EC_P256, name, LONG));
    pairs.write("ca", pairs.authority.identity());
    return pairs;
  }

  private static Validity until(String end) {
    return new Validity(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse(end));
  }

  private PairFiles write(String name, Identity identity) {
    PairFiles files = PairFiles.in(directory, name);
    files.write(identity);
    return files;
  }

  Path ca() {
    return PairFiles.in(directory, "ca").certificate();
  }

  /** Writes the pair of device 0FAC. */
  PairFiles device(String name, KeyAlgorithm algorithm) {
    return write(name, authority.issueDevice(algorithm, 0x0FAC, LONG));
  }

  /** Writes a pair of a device that ends then. */
  PairFiles deviceUntil(String name, String end) {
    return write(name, authority.issueDevice(KeyAlgorithm.EC_P256, 0x0FAC, until(end)));
  }

  /** Writes the pair of a server here. */
  PairFiles server(String name) {
    return write(name, server());
  }

  private Identity server() {
    List<ServerName> names = List.of(ServerName.of("127.0.0.1"), ServerName.of("localhost"));
    return authority.issueServer(KeyAlgorithm.EC_P256, names, LONG);
  }

  /** Returns an identity of a client that this authority has signed. */
  ClientIdentity client(String name, KeyAlgorithm algorithm) {
    PairFiles files = device(name, algorithm);
    return ClientIdentity.read(files.certificate(), files.key());
  }

  /** Returns the context of a server that this authority has signed, which trusts its clients. */
  SSLContext serverContext() throws Exception {
    char[] password = "for tests only".toCharArray();
    Identity server = server();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server", server.key(), password, server.chain().toArray(X509Certificate[]::new));
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", authority.identity().certificate());
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  /** Returns what a server sets that takes this version only, and no client without certificate. */
  static SSLParameters requiring(String version) {
    SSLParameters parameters = TestTls.only(version);
    parameters.setNeedClientAuth(true);
    return parameters;
  }

  /** Returns what a server sets that takes this version only, and asks without insisting. */
  static SSLParameters wanting(String version) {
    SSLParameters parameters = TestTls.only(version);
    parameters.setWantClientAuth(true);
    return parameters;
  }
}

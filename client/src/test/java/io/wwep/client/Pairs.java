package io.wwep.client;

import io.wwep.certs.CertificateAuthority;
import io.wwep.certs.Identity;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.PairFiles;
import io.wwep.certs.ServerName;
import io.wwep.certs.Validity;
import io.wwep.testkit.MutualTls;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;

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
    return server(LONG);
  }

  /** Makes the identity of a server here. */
  Identity server(Validity validity) {
    List<ServerName> names = List.of(ServerName.of("127.0.0.1"), ServerName.of("localhost"));
    return authority.issueServer(KeyAlgorithm.EC_P256, names, validity);
  }

  /** Returns an identity of a client that this authority has signed. */
  ClientIdentity client(String name, KeyAlgorithm algorithm) {
    PairFiles files = device(name, algorithm);
    return ClientIdentity.read(files.certificate(), files.key());
  }

  /** Returns the context of a server that this authority has signed, which trusts its clients. */
  SSLContext serverContext() {
    return serverContext(server());
  }

  /** Returns the context of a server with this identity, which trusts this authority's clients. */
  SSLContext serverContext(Identity identity) {
    return MutualTls.context(identity, authority.identity().certificate());
  }
}

package io.wwep.it.clients;

import io.wwep.certs.Identity;
import io.wwep.it.TestCertificate;
import io.wwep.it.TestCertificate.Recipe;
import io.wwep.testkit.MutualTls;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * A server's certificate, as it should be or as it should not, and the root that signed it.
 *
 * @param root a PEM file with the root
 * @param file a PEM file with the certificate
 * @param key a PEM file with its key
 * @param context what a server in Java shows it with; clients of the same root are let in
 */
record ServerWithCertificate(Path root, Path file, Path key, SSLContext context) {

  /** Makes one for localhost that is valid now. */
  static ServerWithCertificate good(Path directory) throws Exception {
    return of(directory, -2, 30, "DNS:localhost", "IP:127.0.0.1");
  }

  /**
   * Makes one.
   *
   * @param from the first day on which it is valid, counted from today
   * @param names as in {@code DNS:localhost}
   */
  static ServerWithCertificate of(Path directory, int from, int until, String... names)
      throws Exception {
    TestCertificate root = new Recipe("Class root").ca().make();
    TestCertificate leaf =
        new Recipe("server").signedBy(root).names(names).days(from, until).make();
    Path key = leaf.writeKey(directory.resolve("server.key.pem"));
    return new ServerWithCertificate(
        TestCertificate.write(directory.resolve("root.pem"), root),
        TestCertificate.write(directory.resolve("server.pem"), leaf),
        key,
        context(leaf, root));
  }

  private static SSLContext context(TestCertificate leaf, TestCertificate root) throws Exception {
    Identity identity = new Identity(leaf.key(), List.of(leaf.certificate()));
    return MutualTls.context(identity, root.certificate());
  }
}

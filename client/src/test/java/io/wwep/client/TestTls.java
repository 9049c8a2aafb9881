package io.wwep.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A server's key and self-signed certificate, made with the JDK's keytool. */
record TestTls(SSLContext context, X509Certificate certificate, Path pem) {

  private static final String PASSWORD = "for tests only";

  /** Makes one for the host names and addresses that {@code san} lists, in keytool's words. */
  static TestTls createFor(Path directory, String name, String san) throws Exception {
    return create(directory, name, "-ext", "san=" + san);
  }

  static TestTls create(Path directory, String name, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("-genkeypair", "-keyalg", "EC"));
    command.addAll(List.of("-groupname", "secp256r1", "-dname", "CN=" + name));
    command.addAll(List.of(options));
    keytool(directory, name, command);
    return of(directory, name);
  }

  private static TestTls of(Path directory, String name) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream bytes = Files.newInputStream(directory.resolve(name + ".p12"))) {
      store.load(bytes, PASSWORD.toCharArray());
    }
    X509Certificate certificate = (X509Certificate) store.getCertificate("server");
    return new TestTls(context(store), certificate, pem(directory, name, certificate));
  }

  String fingerprint() {
    return Fingerprints.of(certificate);
  }

  /** Returns what a server sets that takes this version only. */
  static SSLParameters only(String version) {
    return new SSLParameters(null, new String[] {version});
  }

  /** Returns what a server sets that shares no cipher suite with anybody, its key being EC. */
  static SSLParameters withoutSharedCipher() {
    return new SSLParameters(
        new String[] {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"}, new String[] {"TLSv1.2"});
  }

  /** Lets this one, as an authority, sign the certificate of another one. */
  TestTls sign(TestTls other, String... options) throws Exception {
    Path directory = pem.getParent();
    String name = other.name();
    Path request = directory.resolve(name + ".csr");
    Path signed = directory.resolve(name + ".crt");
    keytool(directory, name, List.of("-certreq", "-file", request.toString()));
    List<String> command = new ArrayList<>(List.of("-gencert", "-infile", request.toString()));
    command.addAll(List.of("-outfile", signed.toString()));
    command.addAll(List.of(options));
    keytool(directory, name(), command);
    importCertificate(directory, name, "authority", pem);
    importCertificate(directory, name, "server", signed);
    return of(directory, name);
  }

  private String name() {
    return pem.getFileName().toString().replace(".pem", "");
  }

  private static void importCertificate(Path directory, String name, String alias, Path file)
      throws Exception {
    List<String> command = List.of("-importcert", "-noprompt", "-file", file.toString());
    keytool(directory, name, alias, command);
  }

  private static void keytool(Path directory, String name, List<String> options) throws Exception {
    keytool(directory, name, "server", options);
  }

  private static void keytool(Path directory, String name, String alias, List<String> options)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(options);
    command.addAll(List.of("-alias", alias, "-storetype", "PKCS12", "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", directory.resolve(name + ".p12").toString()));
    run(command);
  }

  private static void run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(said).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
  }

  private static SSLContext context(KeyStore store) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static Path pem(Path directory, String name, X509Certificate certificate)
      throws Exception {
    byte[] newline = {'\n'};
    String base64 = Base64.getMimeEncoder(64, newline).encodeToString(certificate.getEncoded());
    return Files.writeString(
        directory.resolve(name + ".pem"),
        "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
  }
}

package io.wwep.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.certs.CertificateAuthority;
import io.wwep.certs.ClientTrust;
import io.wwep.certs.Identity;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.PairFiles;
import io.wwep.certs.ServerName;
import io.wwep.certs.Validity;
import io.wwep.server.tls.HandshakeBench.Client;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Both TLS engines ask real clients for a certificate. */
class ClientCertificateLiveTest {

  private static final int TIMEOUT_MILLIS = 10_000;
  private static final Validity YEAR = Validity.starting(Clock.systemUTC(), Period.ofDays(365));
  private static final Validity PAST =
      new Validity(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2021-01-01T00:00:00Z"));

  @TempDir private static Path directory;
  private static HandshakeBench bench;
  private static Identity server;
  private static Identity device;
  private static Identity other;
  private static Identity rsaDevice;
  private static Identity otherRsa;
  private static ClientTrust trust;

  @BeforeAll
  static void makeClass() throws Exception {
    bench = new HandshakeBench(directory);
    CertificateAuthority ca = authority("ca", "Class 4b");
    server = ca.issueServer(KeyAlgorithm.EC_P256, List.of(ServerName.of("localhost")), YEAR);
    device = ca.issueDevice(KeyAlgorithm.EC_P256, 0x0FAC, YEAR);
    other = ca.issueDevice(KeyAlgorithm.EC_P256, 0x0FAD, YEAR);
    write("device", device);
    rsaDevice = ca.issueDevice(KeyAlgorithm.RSA_2048, 0x0FAE, YEAR);
    otherRsa = ca.issueDevice(KeyAlgorithm.RSA_2048, 0x0FAE, YEAR);
    write("rsa", rsaDevice);
    write("over", ca.issueDevice(KeyAlgorithm.EC_P256, 0x0FAF, PAST));
    write("server", server);
    write(
        "foreign",
        authority("foreign-ca", "Class 5a").issueDevice(KeyAlgorithm.EC_P256, 0x0FAC, YEAR));
    write("anew", authority("new-ca", "Class 4b").issueDevice(KeyAlgorithm.EC_P256, 0x0FAC, YEAR));
    Identity lost = ca.issueDevice(KeyAlgorithm.EC_P256, 0x0FB0, YEAR);
    write("lost", lost);
    Path revoked = Files.writeString(directory.resolve("revoked"), lost.fingerprint());
    trust = ClientTrust.read(directory.resolve("ca.pem"), revoked, Clock.systemUTC());
  }

  private static CertificateAuthority authority(String file, String name) {
    CertificateAuthority made =
        CertificateAuthority.create(
            KeyAlgorithm.EC_P256,
            name,
            new Validity(
                Instant.parse("2019-01-01T00:00:00Z"), Instant.parse("2049-01-01T00:00:00Z")));
    write(file, made.identity());
    return made;
  }

  private static void write(String name, Identity identity) {
    PairFiles.in(directory, name).write(identity);
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  private static TlsSettings settings(ClientAuth auth) {
    return new TlsSettings(TlsProfile.BOARD, new ClientTerms(auth, trust));
  }

  private static Client openssl(String options) {
    return bench.program(
        List.of(
            ("openssl s_client -connect 127.0.0.1:PORT -quiet -no_ign_eof " + options)
                .strip()
                .split(" +", -1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-cert device.pem -key device.key.pem | the handshake succeeded with device 0FAC",
        "-cert rsa.pem -key rsa.key.pem | the handshake succeeded with device 0FAE",
        "'' | the board showed no certificate of its own: load its certificate and key",
        "-cert over.pem -key over.key.pem | certificate '0FAF' expired on 2021-01-01",
        "-cert server.pem -key server.key.pem | certificate 'localhost' is not for clients",
        "-cert foreign.pem -key foreign.key.pem | Class 5a', which is not in",
        "-cert anew.pem -key anew.key.pem | and another key: the CA was made anew",
        "-cert lost.pem -key lost.key.pem | certificate '0FB0' is revoked",
      })
  void shouldSayWhatIsWrongWithACertificate(String options, String part) throws Exception {
    for (Provider provider : Provider.values()) {
      for (String version : List.of(" -tls1_2", " -tls1_3")) {
        assertThat(
                bench
                    .outcomes(
                        provider, server, settings(ClientAuth.REQUIRED), openssl(options + version))
                    .get(0))
            .as("%s%s", provider, version)
            .contains(part);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldLetInWhoHasNoneWhereItIsOptional(Provider provider) throws Exception {
    List<String> outcomes =
        bench.outcomes(
            provider,
            server,
            settings(ClientAuth.OPTIONAL),
            openssl(""),
            openssl("-cert device.pem -key device.key.pem"),
            openssl("-cert foreign.pem -key foreign.key.pem"));
    assertThat(outcomes.subList(0, 2))
        .containsExactly(HandshakeBench.SUCCESS, HandshakeBench.SUCCESS + " with device 0FAC");
    assertThat(outcomes.get(2)).contains("Class 5a");
  }

  /** Boards without crypto hardware resume sessions, and are who they were. */
  @ParameterizedTest
  @CsvSource({"BORINGSSL, TLSv1.2", "BORINGSSL, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
  void shouldKnowTheDeviceOfAResumedSession(Provider provider, String version) throws Exception {
    Pair pair = new Pair(device.chain(), device.key());
    SSLContext context = context(pair);
    Client client = port -> shakeHands(port, version, context);
    assertThat(bench.outcomes(provider, server, settings(ClientAuth.REQUIRED), client, client))
        .containsOnly(HandshakeBench.SUCCESS + " with device 0FAC");
    assertThat(pair.asked).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void shouldTellAKeyThatDoesNotBelongToTheCertificate(Provider provider) throws Exception {
    List<Pair> pairs =
        List.of(new Pair(device.chain(), other.key()), new Pair(rsaDevice.chain(), otherRsa.key()));
    for (Pair pair : pairs) {
      for (String version : List.of("TLSv1.2", "TLSv1.3")) {
        SSLContext context = context(pair);
        Client client = port -> shakeHands(port, version, context);
        assertThat(bench.outcomes(provider, server, settings(ClientAuth.REQUIRED), client).get(0))
            .as("%s with %s", version, pair.key.getAlgorithm())
            .contains("does not fit the certificate that it showed", "both from one");
      }
    }
  }

  /** It opens a way for attackers, and lets a client become another one. */
  @ParameterizedTest
  @EnumSource
  void shouldNotShakeHandsAgain(Provider provider) throws Exception {
    SSLContext context = context(new Pair(device.chain(), device.key()));
    AtomicInteger handshakes = new AtomicInteger();
    Client client =
        port -> {
          try (SSLSocket socket =
              (SSLSocket)
                  context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.addHandshakeCompletedListener(done -> handshakes.incrementAndGet());
            assertThat(socket.getInputStream().read()).isEqualTo('X');
            socket.getSession().invalidate();
            socket.startHandshake();
            handshakes.addAndGet(socket.getInputStream().read() < 0 ? 0 : 100);
          } catch (SSLException | SocketException refused) {
            // As it should be.
          }
        };
    bench.outcomes(provider, server, settings(ClientAuth.REQUIRED), client);
    assertThat(handshakes).hasValueLessThan(2);
  }

  private static SSLContext context(Pair pair) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {pair}, new TrustManager[] {new TrustAll()}, null);
    return context;
  }

  private static void shakeHands(int port, String version, SSLContext context) throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setEnabledProtocols(new String[] {version});
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.startHandshake();
      // With TLS 1.3 the tickets come behind the handshake, and so do refusals.
      assertThat(socket.getInputStream().read()).isIn((int) 'X', -1);
    } catch (SSLException | SocketException refused) {
      // The server says why.
    }
  }

  /** A certificate and whatever key. */
  private static final class Pair extends X509ExtendedKeyManager {

    private final List<X509Certificate> chain;
    private final PrivateKey key;
    private int asked;

    Pair(List<X509Certificate> chain, PrivateKey key) {
      this.chain = chain;
      this.key = key;
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return new String[] {"it"};
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return "it";
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      asked++;
      return chain.toArray(new X509Certificate[0]);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return key;
    }
  }

  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

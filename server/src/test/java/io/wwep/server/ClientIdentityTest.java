package io.wwep.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wwep.certs.CertificateAuthority;
import io.wwep.certs.ClientTrust;
import io.wwep.certs.Identity;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.PairFiles;
import io.wwep.certs.Validity;
import io.wwep.server.access.Access;
import io.wwep.server.access.AccessPolicy;
import io.wwep.server.access.CertificateName;
import io.wwep.server.access.Door;
import io.wwep.server.access.Grant;
import io.wwep.server.access.Network;
import io.wwep.server.access.Region;
import io.wwep.server.tls.ClientAuth;
import io.wwep.server.tls.ClientTerms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Period;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who a board has proved to be decides what it may do, now and when the rules change. */
@Timeout(60)
class ClientIdentityTest {

  private static final Validity YEAR = Validity.starting(Clock.systemUTC(), Period.ofDays(365));

  /** A pause of this computer must not end a connection between two of its requests. */
  private static final Timeouts PATIENT =
      new Timeouts(30_000, 30_000, 300_000, 30_000, 30_000, 30_000);

  @TempDir private static Path directory;
  private static Identity device;
  private static Identity teacher;

  @BeforeAll
  static void makeClass() {
    CertificateAuthority ca = CertificateAuthority.create(KeyAlgorithm.EC_P256, "Class 4b", YEAR);
    PairFiles.in(directory, "ca").write(ca.identity());
    device = ca.issueDevice(KeyAlgorithm.EC_P256, 0x0FAC, YEAR);
    teacher = ca.issueDevice(KeyAlgorithm.EC_P256, 0xFFFF, YEAR);
  }

  private static ClientTerms terms(ClientAuth auth, String revoked) {
    try {
      Path file = Files.writeString(Files.createTempFile(directory, "revoked", ""), revoked);
      return new ClientTerms(
          auth, ClientTrust.read(directory.resolve("ca.pem"), file, Clock.systemUTC()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Access bound(ClientAuth auth) {
    return new Access(terms(auth, ""), true, null);
  }

  private static AccessPolicy policy(Grant... grants) {
    return new AccessPolicy("policy.toml", List.of(grants));
  }

  private static Grant grant(
      int line, List<String> certificates, Door door, List<Region> read, List<Region> write) {
    return new Grant(
        line,
        certificates.stream().map(CertificateName::parse).toList(),
        List.of(),
        door,
        read,
        write);
  }

  private static RunningServer start(Access access) {
    ServerConfig config = ServerConfig.onFreePorts().withTimeouts(PATIENT);
    return RunningServer.start(config, RunningServer.memory(), access);
  }

  private static String ask(Wire wire, String request) throws IOException {
    wire.send(request);
    String first = wire.receive(1);
    return first.equals("A") ? first + wire.receive(10) : first;
  }

  @Test
  void shouldOpenItsOwnRegistersToADeviceAndNoOthers() throws Exception {
    try (RunningServer running = start(bound(ClientAuth.REQUIRED));
        Wire board = running.tlsAs(device)) {
      assertThat(ask(board, "W0FAC0B1234")).isEqualTo("A0FAC0B1234");
      assertThat(ask(board, "R0FAC0B")).isEqualTo("A0FAC0B1234");
      assertThat(ask(board, "W0FAD0B1234")).isEqualTo("X");
      assertThat(ask(board, "R0FAD0B")).isEqualTo("X");
      assertThat(ask(board, "R0FAC0B")).isEqualTo("A0FAC0B1234");
      await().until(() -> running.codes().size() == 5);
      assertThat(running.codes()).containsExactly("A", "A", "denied", "denied", "A");
      assertThat(running.sentences().get(2))
          .contains("device 0FAC's", "not of 0FAD", "--policy", "W0FAD0B1234");
    }
  }

  @Test
  void shouldLetDoWhoShowsNoneWhatThePlainPortLets() throws Exception {
    try (RunningServer running = start(bound(ClientAuth.OPTIONAL));
        Wire anonymous = running.tls();
        Wire plain = running.plain()) {
      assertThat(ask(anonymous, "W0FAD0B1234")).isEqualTo("A0FAD0B1234");
      assertThat(ask(plain, "R0FAD0B")).isEqualTo("A0FAD0B1234");
    }
  }

  @Test
  void shouldOpenEverythingToEachCertificateWhereDevicesAreNotBound() throws Exception {
    try (RunningServer running = start(new Access(terms(ClientAuth.REQUIRED, ""), false, null));
        Wire board = running.tlsAs(device)) {
      assertThat(ask(board, "W0FAD0B1234")).isEqualTo("A0FAD0B1234");
    }
  }

  @Test
  void shouldDenyWhatNoGrantAllows() throws Exception {
    Access access =
        new Access(
            terms(ClientAuth.OPTIONAL, ""),
            true,
            policy(
                grant(2, List.of("FFFF"), null, List.of(Region.ALL), List.of(Region.ALL)),
                grant(7, List.of(), Door.PLAIN, List.of(Region.parse("*:05")), List.of())));
    try (RunningServer running = start(access);
        Wire board = running.tlsAs(device);
        Wire boss = running.tlsAs(teacher);
        Wire anonymous = running.tls();
        Wire plain = running.plain()) {
      assertThat(ask(board, "W0FAC051234")).isEqualTo("A0FAC051234");
      assertThat(ask(board, "R0FAD05")).isEqualTo("X");
      assertThat(ask(boss, "W0FAD051234")).isEqualTo("A0FAD051234");
      assertThat(ask(anonymous, "R0FAD05")).isEqualTo("X");
      assertThat(ask(plain, "R0FAD05")).isEqualTo("A0FAD051234");
      assertThat(ask(plain, "W0FAD050000")).isEqualTo("X");
      await().until(() -> running.codes().size() == 6);
      assertThat(running.sentences().get(5))
          .contains("no [[grant]] in policy.toml lets", "127.0.0.1", "write", "may read it");
    }
  }

  @Test
  void shouldApplyOtherRulesToConnectionsThatAreOpen() throws Exception {
    Access open = Access.OPEN;
    Access closed =
        new Access(
            ClientTerms.NONE,
            true,
            policy(
                new Grant(
                    1,
                    List.of(),
                    List.of(Network.parse("127.0.0.0/8")),
                    null,
                    List.of(Region.ALL),
                    List.of())));
    try (RunningServer running = start(open);
        Wire session = running.plain()) {
      assertThat(ask(session, "W0FAC0B1234")).isEqualTo("A0FAC0B1234");
      running.server.obey(closed);
      assertThat(ask(session, "W0FAC0B5678")).isEqualTo("X");
      assertThat(ask(session, "R0FAC0B")).isEqualTo("A0FAC0B1234");
      running.server.obey(open);
      assertThat(ask(session, "W0FAC0B5678")).isEqualTo("A0FAC0B5678");
    }
  }

  @Test
  void shouldLetABoardThatIsProbedInOnTheTermsOfTheMoment() throws Exception {
    Access revoking = new Access(terms(ClientAuth.REQUIRED, device.fingerprint()), true, null);
    try (RunningServer running = start(bound(ClientAuth.REQUIRED))) {
      Probe probe = running.server.probes().start(0x0FAC, "127.0.0.1", Probes.LIMIT);
      running.server.obey(revoking);
      try (Wire board = running.tlsAs(device)) {
        board.send("R0FAC0B");
        board.receiveAll();
      } catch (IOException refused) {
        // As it should be; some of it comes late.
      }

      Probe.Result result = probe.result().toCompletableFuture().get(10, TimeUnit.SECONDS);
      assertThat(result.outcome()).isEqualTo(Probe.Outcome.UNCLEAR);
      assertThat(result.sentence()).contains("refused the board's certificate");
    }
  }

  /** The connection stays; what it asks is denied, and it does not come back. */
  @Test
  void shouldDenyEverythingToACertificateThatIsRevokedMeanwhile() throws Exception {
    Access revoking = new Access(terms(ClientAuth.REQUIRED, device.fingerprint()), true, null);
    try (RunningServer running = start(bound(ClientAuth.REQUIRED));
        Wire board = running.tlsAs(device);
        Wire boss = running.tlsAs(teacher)) {
      assertThat(ask(board, "W0FAC0B1234")).isEqualTo("A0FAC0B1234");
      assertThat(ask(boss, "WFFFF0B1234")).isEqualTo("AFFFF0B1234");
      running.server.obey(revoking);
      assertThat(ask(board, "W0FAC0B5678")).isEqualTo("X");
      assertThat(ask(boss, "RFFFF0B")).isEqualTo("AFFFF0B1234");
      await().until(() -> running.sentences().stream().anyMatch(each -> each.contains("revoked")));
      assertThatThrownBy(
              () -> {
                try (Wire again = running.tlsAs(device)) {
                  ask(again, "R0FAC0B");
                  again.receiveAll();
                  throw new IOException("the server just closed");
                }
              })
          .isInstanceOf(IOException.class);
      await()
          .until(
              () ->
                  running.sentences().stream()
                      .anyMatch(each -> each.contains("refused the board's certificate")));
    }
  }
}

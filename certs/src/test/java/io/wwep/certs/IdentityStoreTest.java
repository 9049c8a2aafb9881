package io.wwep.certs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityStoreTest {

  private static final Clock CLOCK = at("2026-06-01T12:00:00Z");
  private static final List<String> FILES =
      List.of("ec.pem", "ec.key.pem", "rsa.pem", "rsa.key.pem");

  /** Made once: RSA keys take long. */
  @TempDir private static Path made;

  @TempDir private Path directory;
  private Path store;

  @BeforeAll
  static void make() {
    Identities.loadOrCreate(made, CLOCK);
  }

  @BeforeEach
  void copy() throws IOException {
    store = directory.resolve("tls");
    Files.createDirectory(store);
    for (String each : FILES) {
      Files.copy(made.resolve(each), store.resolve(each), StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  private static Clock at(String instant) {
    return Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
  }

  @Test
  void shouldMakeBothIdentitiesAndTheDirectory() {
    Path fresh = directory.resolve("a/b/tls");
    ServerIdentity identity = Identities.loadOrCreate(fresh, CLOCK);
    assertThat(identity.ec().isEc()).isTrue();
    assertThat(identity.rsa().isEc()).isFalse();
    assertThat(identity.all()).containsExactly(identity.ec(), identity.rsa());
    assertThat(identity.certificateFiles())
        .containsExactly(fresh.resolve("ec.pem"), fresh.resolve("rsa.pem"));
    assertThat(identity.problems()).isEmpty();
    assertThat(fresh).isDirectoryContaining("glob:**/ec.key.pem");
    assertThat(fresh).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void shouldLoadTheSameIdentitiesTheNextTime() {
    Set<String> fingerprints = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      ServerIdentity identity = Identities.loadOrCreate(store, CLOCK);
      fingerprints.add(identity.ec().fingerprint() + identity.rsa().fingerprint());
    }
    assertThat(fingerprints).hasSize(1);
  }

  @Test
  void shouldKeepKeysFromOthers() throws IOException {
    Path fresh = directory.resolve("fresh");
    Assumptions.assumeTrue(
        fresh.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "this file system has no POSIX permissions");
    Identities.loadOrCreate(fresh, CLOCK);
    assertThat(mode(fresh)).isEqualTo("rwx------");
    assertThat(mode(fresh.resolve("ec.key.pem"))).isEqualTo("rw-------");
    assertThat(mode(fresh.resolve("rsa.key.pem"))).isEqualTo("rw-------");
    assertThat(mode(fresh.resolve("ec.pem"))).startsWith("rw-r--");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void shouldNameThisComputer() throws Exception {
    List<String> names = new ArrayList<>();
    for (List<?> each :
        Identities.loadOrCreate(store, CLOCK).ec().certificate().getSubjectAlternativeNames()) {
      names.add((String) each.get(1));
    }
    assertThat(names).contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(names).contains(LocalNames.hostName());
    assertThat(names).containsAll(LocalNames.addresses().stream().map(LocalNames::text).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "2026-06-01T12:00:00Z, 2026-05-31T12:00:00Z, 2036-06-01T12:00:00Z",
    "2045-06-01T12:00:00Z, 2045-05-31T12:00:00Z, 2049-12-31T00:00:00Z",
    "1970-01-02T00:00:10Z, 1970-01-01T00:00:10Z, 2036-01-01T00:00:00Z",
  })
  void shouldBeValidLongAndEndBefore2050(String now, String from, String until) throws Exception {
    Files.delete(store.resolve("ec.pem"));
    Files.delete(store.resolve("ec.key.pem"));
    Identity ec = Identities.loadOrCreate(store, at(now)).ec();
    assertThat(ec.certificate().getNotBefore().toInstant()).isEqualTo(Instant.parse(from));
    assertThat(ec.certificate().getNotAfter().toInstant()).isEqualTo(Instant.parse(until));
  }

  @Test
  void shouldAskForTheClockWhenItIsBeyond2049() throws IOException {
    Files.delete(store.resolve("ec.pem"));
    Files.delete(store.resolve("ec.key.pem"));
    assertThatThrownBy(() -> Identities.loadOrCreate(store, at("2050-01-01T00:00:00Z")))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("clock says 2050-01-01")
        .hasMessageEndingWith("set the clock");
    assertThat(store.resolve("ec.key.pem")).doesNotExist();
  }

  @Test
  void shouldMakeOnlyThePairThatIsMissing() throws IOException {
    String rsa = Identities.loadOrCreate(store, CLOCK).rsa().fingerprint();
    String ec = Identities.loadOrCreate(store, CLOCK).ec().fingerprint();
    Files.delete(store.resolve("ec.pem"));
    Files.delete(store.resolve("ec.key.pem"));
    ServerIdentity identity = Identities.loadOrCreate(store, CLOCK);
    assertThat(identity.rsa().fingerprint()).isEqualTo(rsa);
    assertThat(identity.ec().fingerprint()).isNotEqualTo(ec);
  }

  @ParameterizedTest
  @CsvSource({
    "ec.pem, ec.key.pem",
    "ec.key.pem, ec.pem",
    "rsa.pem, rsa.key.pem",
    "rsa.key.pem, rsa.pem"
  })
  void shouldAskWhenHalfOfAPairIsGone(String gone, String left) throws IOException {
    Files.delete(store.resolve(gone));
    byte[] before = Files.readAllBytes(store.resolve(left));
    assertThatThrownBy(() -> Identities.loadOrCreate(store, CLOCK))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("%s is there without its %s", store.resolve(left), gone)
        .hasMessageContaining("put that file back, or delete " + left);
    assertThat(store.resolve(left)).hasBinaryContent(before);
    assertThat(store.resolve(gone)).doesNotExist();
  }

  @Test
  void shouldSayWhenACertificateHasExpired() {
    assertThat(Identities.loadOrCreate(store, at("2037-01-01T00:00:00Z")).problems())
        .hasSize(2)
        .first()
        .asString()
        .startsWith(
            "certificate %s expired on 2036-06-01: delete it".formatted(store.resolve("ec.pem")))
        .contains("ec.key.pem", "start again to get a new one");
  }

  @Test
  void shouldSayWhenTheClockIsBeforeTheCertificate() {
    assertThat(Identities.loadOrCreate(store, at("1970-01-01T00:00:00Z")).problems())
        .hasSize(2)
        .allMatch(each -> each.contains("clock says 1970-01-01: set the clock"));
  }

  @Test
  void shouldLoadFromADirectoryWithoutALockFile() {
    Identities.loadOrCreate(store, CLOCK);
    assertThat(store.resolve(".lock")).doesNotExist();
  }

  @Test
  void shouldSayWhenTheDirectoryIsAFile() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> Identities.loadOrCreate(file, CLOCK))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("is a file where a directory for certificates is needed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ec.pem", "rsa.key.pem"})
  void shouldNotReplaceADamagedFile(String name) throws IOException {
    Files.writeString(store.resolve(name), "");
    assertThatThrownBy(() -> Identities.loadOrCreate(store, CLOCK))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("%s is empty", store.resolve(name));
    assertThat(store.resolve(name)).isEmptyFile();
  }

  @Test
  void shouldGiveAllWhoStartAtOnceTheSameIdentities() throws Exception {
    int loaders = 4;
    Path fresh = directory.resolve("fresh");
    CyclicBarrier start = new CyclicBarrier(loaders);
    ExecutorService threads = Executors.newFixedThreadPool(loaders);
    try {
      List<Future<ServerIdentity>> loads = new ArrayList<>();
      for (int i = 0; i < loaders; i++) {
        loads.add(
            threads.submit(
                () -> {
                  start.await();
                  return Identities.loadOrCreate(fresh, CLOCK);
                }));
      }
      Set<String> fingerprints = new HashSet<>();
      for (Future<ServerIdentity> each : loads) {
        ServerIdentity identity = each.get(60, TimeUnit.SECONDS);
        fingerprints.add(identity.ec().fingerprint() + identity.rsa().fingerprint());
      }
      assertThat(fingerprints).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void shouldGiveTwoProcessesThatStartAtOnceTheSameIdentities() throws Exception {
    Path fresh = directory.resolve("fresh");
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  FingerprintMain.class.getName(),
                  fresh.toString())
              .redirectErrorStream(true)
              .start());
    }
    Set<String> outputs = new HashSet<>();
    for (Process each : processes) {
      outputs.add(new String(each.getInputStream().readAllBytes(), US_ASCII).strip());
      assertThat(each.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(outputs).hasSize(1).allMatch(each -> each.matches("[0-9A-F:]{95} [0-9A-F:]{95}"));
  }

  @Test
  void shouldLeaveNothingElseBehind() throws IOException {
    Path fresh = directory.resolve("fresh");
    Identities.loadOrCreate(fresh, CLOCK);
    try (Stream<Path> files = Files.list(fresh)) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("ec.pem", "ec.key.pem", "rsa.pem", "rsa.key.pem", ".lock");
    }
  }
}

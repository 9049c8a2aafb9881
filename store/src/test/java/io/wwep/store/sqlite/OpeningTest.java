package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.store.Call;
import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Store;
import io.wwep.store.StoreException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores that cannot be opened, and what people are told. */
final class OpeningTest {

  @TempDir private Path directory;

  private Store open() {
    return SqliteStore.openIn(directory, Fsync.ALWAYS, HistoryLimit.DEFAULT);
  }

  private Path database() {
    return directory.resolve("wwep.db");
  }

  private static void assertRefused(ThrowingCallable opening, String... parts) {
    assertThatThrownBy(opening)
        .isInstanceOf(StoreException.class)
        .message()
        .doesNotContain("\n")
        .contains(parts);
  }

  /** The journal of the first transaction is still there, and only who can write undoes it. */
  @Test
  void shouldOpenWhatWasCutOffWhileItWasMade() throws Exception {
    Path made = Files.createDirectory(directory.resolve("made")).resolve("wwep.db");
    Files.createFile(made);
    Path cut = Files.createDirectory(directory.resolve("cut")).resolve("wwep.db");
    try (Connection connection = Sql.connect(made);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA cache_size = 1");
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("CREATE TABLE registers_to_be(content)");
      statement.execute("INSERT INTO registers_to_be VALUES (randomblob(500000))");
      Files.copy(made, cut);
      Files.copy(Path.of(made + "-journal"), Path.of(cut + "-journal"));
    }
    assertThat(Path.of(cut + "-journal")).isNotEmptyFile();
    try (Store store = SqliteStore.open(cut, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      assertThat(Call.write(1, 10).runOn(store).failure()).isNull();
    }
    assertThat(Sql.rows(cut, "PRAGMA integrity_check")).containsExactly("ok");
  }

  @Test
  void shouldMakeDirectoryAndFilesForTheirOwnerAlone() throws IOException {
    assumeTrue(
        directory.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "no POSIX permissions here");
    Path data = directory.resolve("a/b");
    try (Store store = SqliteStore.openIn(data, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      Call.write(1, 1).runOn(store);
      assertThat(permissions(directory.resolve("a"))).isEqualTo("rwx------");
      assertThat(permissions(data)).isEqualTo("rwx------");
      for (String name : new String[] {"wwep.db", "wwep.db-wal", "wwep.db-shm", "wwep.lock"}) {
        assertThat(permissions(data.resolve(name))).as(name).isEqualTo("rw-------");
      }
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void shouldTakeALinkToADirectory() throws IOException {
    assumeTrue(File.separatorChar == '/', "links need rights here");
    Path link =
        Files.createSymbolicLink(
            directory.resolve("link"), Files.createDirectory(directory.resolve("real")));
    try (Store store = SqliteStore.openIn(link, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      assertRefused(
          () -> SqliteStore.openIn(directory.resolve("real"), Fsync.ALWAYS, HistoryLimit.DEFAULT),
          "in use");
      assertThat(store.registerCount()).isZero();
    }
  }

  /** SQLite keeps the log beside the file; one with the link's name would be another log. */
  @Test
  void shouldSyncTheLogOfADatabaseBehindALink() throws IOException {
    assumeTrue(File.separatorChar == '/', "links need rights here");
    Path real = Files.createFile(Files.createDirectory(directory.resolve("real")).resolve("r.db"));
    Files.createSymbolicLink(database(), real);
    try (Store store = open()) {
      assertThat(Call.write(1, 1).runOn(store).failure()).isNull();
    }
  }

  @Test
  void shouldKnowADatabaseInUseBehindALinkToTheFile() throws IOException {
    assumeTrue(File.separatorChar == '/', "links need rights here");
    try (Store store = open()) {
      Path other = Files.createDirectory(directory.resolve("other"));
      Files.createSymbolicLink(other.resolve("wwep.db"), database());
      assertRefused(() -> SqliteStore.openIn(other, Fsync.ALWAYS, HistoryLimit.DEFAULT), "in use");
      assertThat(Call.write(1, 1).runOn(store).failure()).isNull();
    }
  }

  @Test
  void shouldRefuseADatabaseWithASecondName() throws IOException {
    assumeTrue(File.separatorChar == '/', "links cannot be counted here");
    open().close();
    Path other = Files.createDirectory(directory.resolve("other"));
    Files.createLink(other.resolve("wwep.db"), database());
    assertRefused(
        () -> SqliteStore.openIn(other, Fsync.ALWAYS, HistoryLimit.DEFAULT),
        "has 2 names (hard links)",
        "make a real copy");
    Files.delete(other.resolve("wwep.db"));
    open().close();
  }

  @Test
  void shouldRefuseAFileInPlaceOfTheDirectory() throws IOException {
    Path file = Files.writeString(directory.resolve("data"), "text");
    assertRefused(
        () -> SqliteStore.openIn(file, Fsync.ALWAYS, HistoryLimit.DEFAULT),
        file + " is a file and not a directory",
        "choose another --data directory");
    assertRefused(
        () -> SqliteStore.openIn(file.resolve("sub"), Fsync.ALWAYS, HistoryLimit.DEFAULT),
        "choose another --data directory");
  }

  @Test
  void shouldRefuseADirectoryInPlaceOfTheFile() throws IOException {
    Files.createDirectory(database());
    assertRefused(this::open, database() + " is a directory and not a database file");
  }

  @Test
  void shouldRefuseADirectoryThatCannotBeWritten() throws IOException {
    assumeFalse(System.getProperty("user.name").equals("root"), "root may write anywhere");
    Path sealed = Files.createDirectory(directory.resolve("sealed"));
    assumeTrue(sealed.toFile().setWritable(false), "no permissions here");
    assertRefused(
        () -> SqliteStore.openIn(sealed, Fsync.ALWAYS, HistoryLimit.DEFAULT),
        "permission",
        "choose another directory");
  }

  @Test
  void shouldRefuseAFileThatIsNoDatabaseAndLeaveItAsItWas() throws IOException {
    String text = "not a database, but long enough to be looked at: ".repeat(100);
    Files.writeString(database(), text);
    assertRefused(
        this::open,
        database() + " is not a wwep database: move it away or choose another --data directory",
        "if it was one, restore a backup");
    assertThat(database()).hasContent(text);
  }

  @Test
  void shouldRefuseTheDatabaseOfAnotherProgramAndLeaveItAsItWas() throws Exception {
    Sql.run(database(), "CREATE TABLE notes(text)", "INSERT INTO notes VALUES('keep me')");
    byte[] before = Files.readAllBytes(database());
    assertRefused(this::open, "is not a wwep database");
    assertThat(database()).hasBinaryContent(before);
  }

  @Test
  void shouldRefuseADatabaseOfANewerVersion() throws Exception {
    open().close();
    Sql.run(database(), "PRAGMA user_version = 5");
    assertRefused(
        this::open,
        "was written by a newer wwep (schema 5, this one knows 4)",
        "choose another --data directory");
  }

  @Test
  void shouldRefuseADamagedDatabase() throws Exception {
    try (Store store = open()) {
      Call.write(1, 1).runOn(store);
    }
    byte[] bytes = Files.readAllBytes(database());
    for (int i = 4096; i < bytes.length; i++) {
      bytes[i] = (byte) 0xA5;
    }
    Files.write(database(), bytes);
    assertRefused(this::open, database() + " is damaged", "restore a backup");
  }

  @Test
  void shouldRefuseARegisterThatCannotBe() throws Exception {
    open().close();
    Sql.run(database(), "INSERT INTO register_base VALUES(65536, x'00000100000000000000', 0)");
    assertRefused(this::open, "is damaged (the registers of device 10000 are", "restore a backup");
    Sql.run(database(), "DELETE FROM register_base");
    Sql.run(database(), "INSERT INTO history_chunks VALUES(1, 0, x'00000100000B12', 0)");
    assertRefused(this::open, database() + " is damaged", "restore a backup");
  }

  @Test
  void shouldReleaseTheLockWhenOpeningFails() throws Exception {
    Files.writeString(database(), "garbage ".repeat(1000));
    assertRefused(this::open, "is not a wwep database");
    Files.delete(database());
    try (Store store = open()) {
      assertThat(Call.write(1, 1).runOn(store).failure()).isNull();
    }
  }

  @Test
  void shouldTakeAnEmptyFile() throws IOException {
    Files.createFile(database());
    try (Store store = open()) {
      assertThat(Call.write(1, 1).runOn(store).failure()).isNull();
    }
  }

  @Test
  void shouldRefuseADatabaseOfAnotherProcessUntilThatIsKilled() throws Exception {
    try (ChildServer child = ChildServer.start(List.of(), directory, Fsync.NEVER, 1, 60_000, 10)) {
      assertThat(child.readLine()).isEqualTo(ChildServer.READY);
      for (int i = 0; i < 2; i++) {
        assertRefused(
            this::open,
            database() + " is in use by another wwep server (process " + child.pid() + ")",
            "stop it or choose another --data directory");
      }
      child.kill();
    }
    open().close();
  }

  @Test
  void shouldSayInOneSentenceThatSqliteCannotBeUnpacked() throws Exception {
    Path nowhere = directory.resolve("nowhere");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.sqlite.tmpdir=" + nowhere,
                "-cp",
                System.getProperty("java.class.path"),
                OpenAndReport.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    List<String> output = process.inputReader().lines().toList();
    assertThat(process.waitFor()).isZero();
    assertThat(output).hasSize(1);
    assertThat(output.get(0))
        .startsWith("cannot unpack and load SQLite in " + nowhere)
        .contains("-Dorg.sqlite.tmpdir=DIR");
  }

  /** Runs in a process of its own. */
  static final class OpenAndReport {

    private OpenAndReport() {}

    public static void main(String[] args) {
      try (Store store = SqliteStore.openIn(Path.of(args[0]), Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
        System.out.println(store.description());
      } catch (StoreException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void shouldRefuseASecondStoreInOneProcessAndKeepTheFirstOneLocked() {
    try (Store store = open()) {
      String pid = Long.toString(ProcessHandle.current().pid());
      for (int i = 0; i < 2; i++) {
        assertRefused(
            this::open,
            database() + " is in use by another wwep server (process " + pid + ")",
            "stop it or choose another --data directory");
        assertRefused(
            () ->
                SqliteStore.open(directory.resolve("./wwep.db"), Fsync.NEVER, HistoryLimit.DEFAULT),
            "is in use");
      }
      assertThat(Call.write(1, 1).runOn(store).failure()).isNull();
    }
    open().close();
  }
}

package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wwep check}, {@code backup} and {@code restore}. */
final class DataCommandsTest {

  @TempDir private Path directory;

  private Path data() {
    return directory.resolve("data");
  }

  private Run run(String... args) {
    String[] all = new String[args.length + 2];
    System.arraycopy(args, 0, all, 0, args.length);
    all[args.length] = "--data";
    all[args.length + 1] = data().toString();
    return Run.of(all);
  }

  private Run check(String... options) {
    String[] all = new String[options.length + 2];
    all[0] = "check";
    all[1] = data().toString();
    System.arraycopy(options, 0, all, 2, options.length);
    return Run.of(all);
  }

  private Serving serve() {
    return Serving.start("--no-tls", "--data", data().toString());
  }

  private void write(String frame) throws Exception {
    try (Serving server = serve()) {
      assertThat(server.exchange(frame)).startsWith("A");
    }
  }

  @Test
  void shouldFindGoodDataGoodWhileTheServerRunsAndAfterwards() throws Exception {
    try (Serving server = serve()) {
      server.exchange("W0FAC0B1234\nW0FAC0CFFFF\n");
      Run running = check();
      assertThat(running.err()).isEmpty();
      assertThat(running.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(running.out()).contains("1 device, 2 registers", "2 writes, number 1 to 2");
      assertThat(running.lines()).last().isEqualTo("ok");
    }
    assertThat(check("--json").out()).contains("\"registers\":2", "\"result\":\"ok\"");
  }

  @Test
  void shouldSayWhatIsDamagedAndWhatToDo() throws Exception {
    write("W0FAC0B1234\n");
    flip();
    Run damaged = check();
    assertThat(damaged.exitCode()).isEqualTo(ExitCode.DAMAGED);
    assertThat(damaged.err()).contains("wwep: damaged: ", "wwep restore FILE");
    assertThat(check("--json").out()).contains("\"result\":\"damaged\"", "\"exitCode\":5");
    Run.of("serve", "--no-tls", "--port", "0", "--data", data().toString())
        .failsWith(ExitCode.DAMAGED, "wwep.db is damaged (", "'wwep check'", "'wwep restore'");
  }

  @Test
  void shouldTellScriptsThatTheDataAreDamaged() throws Exception {
    write("W0FAC0B1234\n");
    Path copy = data().resolveSibling("copy.db");
    assertThat(Run.of("backup", copy.toString(), "--data", data().toString()).exitCode()).isZero();
    byte[] good = Files.readAllBytes(copy);
    flip();
    String database = data().resolve("wwep.db").toString();
    Run.of("backup", copy.toString(), "--force", "--data", data().toString())
        .failsWith(ExitCode.DAMAGED, "wwep.db is damaged (", "'wwep check'");
    assertThat(copy).as("the copy of before").hasBinaryContent(good);
    Run.of("restore", database, "--data", data().resolveSibling("other").toString())
        .failsWith(ExitCode.DAMAGED, "wwep.db is damaged (", "restore an older backup");
    assertThat(data().resolveSibling("other").resolve("wwep.db")).doesNotExist();
    Path rows = Files.writeString(data().resolveSibling("rows.csv"), "device,register,value\n");
    Run.of("import", rows.toString(), "--data", data().toString())
        .failsWith(ExitCode.DAMAGED, "wwep.db is damaged (");
    Run.of("export", "--data", data().toString())
        .failsWith(ExitCode.DAMAGED, "wwep.db is damaged (");
  }

  /** A bit of the value of the only register, where it is in the table of registers. */
  private void flip() throws Exception {
    Path file = data().resolve("wwep.db");
    byte[] bytes = Files.readAllBytes(file);
    int flipped = 0;
    for (int i = 0; i + 2 < bytes.length; i++) {
      if (bytes[i] == 0x0B && bytes[i + 1] == 0x12 && bytes[i + 2] == 0x34) {
        bytes[i + 1] ^= 0x40;
        flipped++;
      }
    }
    assertThat(flipped).isPositive();
    Files.write(file, bytes);
  }

  @Test
  void shouldSayThatThereAreNoData() {
    for (String missing : List.of(data().toString(), "-")) {
      Run.of("check", missing)
          .failsWith(
              ExitCode.USAGE,
              "there is no %s: give a data directory, or a copy that 'wwep backup' made"
                  .formatted(missing));
    }
    assertThat(check("--json").out()).contains("\"error\":\"store\"", "\"exitCode\":2");
    run("check").failsWith(ExitCode.USAGE, "there is no database", "--data directory");
    run("backup", directory.resolve("copy.db").toString())
        .failsWith(ExitCode.USAGE, "there is no database");
    run("restore", directory.resolve("copy.db").toString())
        .failsWith(ExitCode.USAGE, "no such file", "give a file that 'wwep backup' made");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void shouldTellAFileFromADirectoryThatMayNotBeEntered() throws Exception {
    Path copy = Files.writeString(directory.resolve("copy.db"), "");
    for (Path below : List.of(copy, copy.resolve("x"), copy.resolve("x/y"))) {
      Run.of("export", "--data", below.toString())
          .failsWith(ExitCode.USAGE, copy + " is a file and not a data directory");
    }
    Path none = Path.of("/dev/null");
    assumeTrue(Files.exists(none), "there is no /dev/null here");
    Run.of("check", none.toString())
        .failsWith(ExitCode.USAGE, "/dev/null is a file and not a data directory");
  }

  @Test
  void shouldCheckACopyAsWellAsADirectory() throws Exception {
    write("W0FAC0B1234\n");
    Path copy = directory.resolve("copy.db");
    assertThat(run("backup", copy.toString()).exitCode()).isZero();
    for (String place : List.of(copy.toString(), data().resolve("wwep.db").toString())) {
      Run sound = Run.of("check", place);
      assertThat(sound.err()).isEmpty();
      assertThat(sound.lines()).contains("  history    1 write, number 1").last().isEqualTo("ok");
    }
    Run byOption = run("check");
    assertThat(byOption.out()).isEqualTo(check().out()).contains("1 device, 1 register");
    run("check", copy.toString()).failsWith(ExitCode.USAGE, "name two places", "give one");
    Path text = Files.writeString(directory.resolve("text.db"), "no database\n".repeat(20));
    Run.of("check", text.toString()).failsWith(ExitCode.USAGE, "text.db is no backup of wwep");
    Run.of("export", "--data", copy.toString())
        .failsWith(ExitCode.USAGE, "copy.db is a file and not a data directory", "wwep restore");
  }

  @Test
  void shouldSayOfACopyThatIsCutThatAnOlderOneIsNeeded() throws Exception {
    write("W0FAC0B1234\n");
    Path copy = directory.resolve("copy.db");
    assertThat(run("backup", copy.toString()).exitCode()).isZero();
    byte[] whole = Files.readAllBytes(copy);
    for (int length : new int[] {5_000, whole.length - 4_096}) {
      Path cut = Files.write(directory.resolve("cut.db"), Arrays.copyOf(whole, length));
      Run restored =
          Run.of("restore", cut.toString(), "--data", directory.resolve("other").toString())
              .failsWith(ExitCode.DAMAGED, "cut.db is damaged (", "restore an older backup");
      assertThat(restored.err()).doesNotContain("wwep check", ".part");
      Run checked = Run.of("check", cut.toString());
      assertThat(checked.exitCode()).isEqualTo(ExitCode.DAMAGED);
      assertThat(checked.err())
          .contains("wwep: damaged: ", cut + " is damaged: restore an older backup");
    }
    assertThat(directory.resolve("other")).doesNotExist();
    Path empty = Files.createDirectory(directory.resolve("empty"));
    Run.of("restore", directory.resolve("cut.db").toString(), "--data", empty.toString())
        .failsWith(ExitCode.DAMAGED, "cut.db is damaged (");
    assertThat(empty).as("was there before").exists();
  }

  @Test
  void shouldSayThatABackupNeedsAFileInADirectoryThatIsThere() throws Exception {
    write("W0FAC0B1234\n");
    Path taken = Files.createDirectory(directory.resolve("taken"));
    for (String force : List.of("--force", "--data=" + data())) {
      Run.of("backup", taken.toString(), "--data", data().toString(), force)
          .failsWith(ExitCode.USAGE, taken + " is a directory: choose another name");
    }
    run("backup", directory.resolve("missing").resolve("x.db").toString())
        .failsWith(ExitCode.USAGE, "there is no directory " + directory.resolve("missing"));
    Path file = Files.writeString(directory.resolve("file"), "");
    run("backup", file.resolve("x.db").toString())
        .failsWith(ExitCode.USAGE, "(%s is a file): choose another place".formatted(file));
    run("backup", "-").failsWith(ExitCode.USAGE, "- is standard output", "a backup", "./-");
    assertThat(Path.of("-")).doesNotExist();
    assertThat(taken).isEmptyDirectory();
  }

  @Test
  void shouldBackUpAndRestore() throws Exception {
    Path copy = directory.resolve("copy.db");
    try (Serving server = serve()) {
      server.exchange("W0FAC0B1234\n");
      Run backup = run("backup", copy.toString());
      assertThat(backup.err()).isEmpty();
      assertThat(backup.lines()).last().isEqualTo("copied to " + copy + ", and checked");
      run("backup", copy.toString()).failsWith(ExitCode.USAGE, "is there already", "--force");
      assertThat(run("backup", copy.toString(), "--force").exitCode()).isZero();
      run("restore", copy.toString()).failsWith(ExitCode.USAGE, "is in use", "stop it");
    }
    write("W0FAC0B5678\n");
    Run restored = run("restore", copy.toString());
    assertThat(restored.exitCode()).isZero();
    assertThat(restored.out()).contains("what was there is kept as", "is in place: start the");
    try (Serving server = serve()) {
      assertThat(server.exchange("R0FAC0B\n")).startsWith("A0FAC0B1234");
    }
    List<String> kept;
    try (var all = Files.list(data())) {
      kept = all.map(each -> each.getFileName().toString()).sorted().toList();
    }
    assertThat(kept).anySatisfy(name -> assertThat(name).startsWith("wwep-replaced-"));
  }
}

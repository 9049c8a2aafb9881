package io.wwep.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wwep.store.Origin;
import io.wwep.store.sqlite.DatabaseCheck;
import io.wwep.store.sqlite.HistoryEntry;
import io.wwep.store.sqlite.Import;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code wwep export} and {@code wwep import}. */
@Timeout(120)
final class ExportImportTest {

  /** The long form takes a minute. */
  private static final int REGISTERS =
      System.getProperty("wwep.long") != null ? 1_000_000 : 100_000;

  @TempDir private Path directory;

  private Path data() {
    return directory.resolve("data");
  }

  private static Run run(Path data, String... args) {
    String[] all = new String[args.length + 2];
    System.arraycopy(args, 0, all, 0, args.length);
    all[args.length] = "--data";
    all[args.length + 1] = data.toString();
    return Run.of(all);
  }

  private Path export(Path data, String what, String name) {
    Path file = directory.resolve(name);
    Run run = run(data, "export", file.toString(), "--what", what);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    return file;
  }

  private Path importInto(String name, Path file) {
    Path data = directory.resolve(name);
    Run run = run(data, "import", file.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    return data;
  }

  private Run importText(String name, String text) throws Exception {
    return run(data(), "import", Files.writeString(directory.resolve(name), text).toString());
  }

  private static String registers(Path data) {
    return run(data, "export").out();
  }

  private static String withoutTimes(String csv) {
    return csv.replaceAll("(?m),[^,\n]*$", "");
  }

  /** Spread over all devices, by a hundred peers, many at a time. */
  private void makeManyRegisters() {
    Random random = new Random(7);
    Import.history(
        data(),
        sink -> {
          for (int i = 0; i < REGISTERS; i++) {
            int address = (int) ((i * 16L * 7919) % (1 << 24));
            Origin origin = new Origin("192.0.2." + i / 1000 % 100, i % 2000 < 1000);
            sink.take(
                new HistoryEntry(
                    i + 1, 1_790_000_000_000L + i / 700, address, random.nextInt(1 << 16), origin));
          }
        });
  }

  @Test
  void shouldTakeBackExactlyWhatItWrote() throws Exception {
    makeManyRegisters();
    Path registers = export(data(), "registers", "registers.csv");
    try (var lines = Files.lines(registers)) {
      assertThat(lines.count()).isEqualTo(REGISTERS + 1);
    }
    for (String format : List.of("csv", "jsonl")) {
      Path history = export(data(), "history", "history." + format);
      Path copy = importInto("of-history-" + format, history);
      assertThat(export(copy, "history", "again." + format)).hasSameBinaryContentAs(history);
      assertThat(export(copy, "registers", format + ".csv")).hasSameBinaryContentAs(registers);
      assertThat(DatabaseCheck.runIn(copy).damages()).isEmpty();
      Path second =
          importInto("of-registers-" + format, export(data(), "registers", "r." + format));
      assertThat(withoutTimes(Files.readString(export(second, "registers", "2" + format + ".csv"))))
          .isEqualTo(withoutTimes(Files.readString(registers)));
      Files.delete(directory.resolve("again." + format));
    }
  }

  @Test
  void shouldExportWhatARunningServerHasAndImportWhenItIsStopped() throws Exception {
    try (Serving server = Serving.start("--no-tls", "--data", data().toString())) {
      server.exchange("W0FAC0B1234\nW00000000FF\nW0FAC0BABCD\n");
      assertThat(registers(data()))
          .matches("device,register,value,time\n0000,00,00FF,\\S+Z\n0FAC,0B,ABCD,\\S+Z\n");
      assertThat(run(data(), "export", "--what", "history", "--format", "jsonl").lines())
          .hasSize(3)
          .first()
          .asString()
          .matches(
              "\\{\"seq\":1,\"time\":\"[^\"]+Z\",\"device\":\"0FAC\",\"register\":\"0B\","
                  + "\"value\":\"1234\",\"peer\":\"127.0.0.1\",\"port\":\"plain\"\\}");
      importText("one.csv", "device,register,value\n0FAC,0B,0001\n")
          .failsWith(ExitCode.USAGE, "is in use", "stop it");
    }
    Run run = importText("one.csv", "device,register,value\n0FAC,0B,0001\n");
    assertThat(run.out()).contains("1 register imported, as write 4", "start the server");
    try (Serving server = Serving.start("--no-tls", "--data", data().toString())) {
      assertThat(server.exchange("R0FAC0B\n")).startsWith("A0FAC0B0001");
    }
    assertThat(run(data(), "history", "0FAC", "0B").out()).contains("(import)");
  }

  @Test
  void shouldWriteAFileWholeOrNotAtAll() throws Exception {
    importText("one.csv", "device,register,value\n0FAC,0B,0001\n");
    Path file = Files.writeString(directory.resolve("mine.csv"), "mine");
    run(data(), "export", file.toString()).failsWith(ExitCode.USAGE, "is there already", "--force");
    assertThat(file).hasContent("mine");
    Run forced = run(data(), "export", file.toString(), "--force");
    assertThat(forced.out()).isEqualTo("1 register written to " + file + "\n");
    assertThat(file).content().startsWith("device,register,value,time\n0FAC,0B,0001,");
    run(data(), "export", directory.resolve("data.txt").toString())
        .failsWith(ExitCode.USAGE, "does not tell the format", "--format csv");
    run(data(), "export", directory.resolve("no/such.csv").toString())
        .failsWith(ExitCode.USAGE, "cannot write", "such.csv", "make it");
    assertThat(run(data(), "export", "-").out()).isEqualTo(run(data(), "export").out());
    assertThat(Path.of("-")).doesNotExist();
    run(directory.resolve("none"), "export").failsWith(ExitCode.USAGE, "there is no database");
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("data", "mine.csv", "one.csv");
  }

  @Test
  void shouldSalvageWhatADamagedFileHas() throws Exception {
    importText("two.csv", "device,register,value\n0FAC,0B,0001\n1FAC,0B,0002\n");
    Path database = data().resolve("wwep.db");
    byte[] bytes = Files.readAllBytes(database);
    bytes[110] ^= 0x55; // Where SQLite looks for its tables.
    int at = new String(bytes, ISO_8859_1).indexOf("(import)");
    bytes[at + 1] ^= 0x01;
    Files.write(database, bytes);
    run(data(), "export").failsWith(ExitCode.DAMAGED, "is damaged", "'wwep export --salvage'");
    Run salvaged = run(data(), "export", "--what", "history", "--salvage");
    assertThat(salvaged.exitCode()).isEqualTo(ExitCode.DAMAGED);
    assertThat(salvaged.err()).contains("wwep: left out: 1 peers");
    assertThat(salvaged.out()).contains(",0FAC,0B,0001,(unknown),plain\n", ",1FAC,0B,0002,(");
    Path file = Files.writeString(directory.resolve("saved.csv"), salvaged.out());
    assertThat(withoutTimes(registers(importInto("anew", file))))
        .isEqualTo("device,register,value\n0FAC,0B,0001\n1FAC,0B,0002\n");
  }

  @Test
  void shouldTakeWhatOtherProgramsWrite() throws Exception {
    String spreadsheet =
        "\uFEFF\"value\",\"register\",\"device\"\r\n\"12ab\",\"0b\",\"0fac\"\r\n\r\n\"0001\",\"00\",\"00ff\"\r\n";
    assertThat(importText("spreadsheet.csv", spreadsheet).exitCode()).isZero();
    String sqlite =
        "device,register,value,decimal,time\n0FAC,0B,1234,4660,2026-11-24T14:40:42.890Z";
    assertThat(importText("sqlite.csv", sqlite).exitCode()).isZero();
    assertThat(
            importText("a.ndjson", "{\"value\":\"00FE\", \"device\":\"FFFF\",\"register\":\"ff\"}")
                .err())
        .isEmpty();
    assertThat(withoutTimes(registers(data())))
        .isEqualTo("device,register,value\n00FF,00,0001\n0FAC,0B,1234\nFFFF,FF,00FE\n");
    assertThat(
            Run.typing(sqlite, "import", "-", "--format", "csv", "--data", data().toString())
                .exitCode())
        .isZero();
    run(data(), "import", directory.toString(), "--format", "csv")
        .failsWith(ExitCode.USAGE, directory + " is a directory: give a file in it");
    Run.typing(sqlite, "import", "-", "--data", data().toString())
        .failsWith(ExitCode.USAGE, "add --format");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "line 1: there is nothing | ''",
        "line 1: the first line must name the columns | 0FAC,0B,1234",
        "line 1: the first line must name the columns | device;register;value",
        "line 1: there is no value | device,register",
        "line 1: registers have no column 'valu' | device,register,valu",
        "line 1: there are two columns 'value' | device,register,value,value",
        "line 1: there is no peer | seq,time,device,register,value,port",
        "line 3: it has 2 columns and the first line 3 | device,register,value~0FAC,0B,1234~0FAC,0C",
        "line 2: it has 4 columns | device,register,value~0FAC,0B,1234,",
        "line 3: its quotes are wrong | device,register,value~0FAC,0B,1234~'0FAC,0C,1234",
        "line 2: its quotes are wrong | device,register,value~'0FAC'x,0B,1234",
        "line 2: device takes 4 hex digits, as in 0FAC, not 'FAC' | device,register,value~FAC,0B,1234",
        "line 2: device takes 4 hex digits | device,register,value~10FAC,0B,1234",
        "line 2: register takes 2 hex digits, as in 0B, not '0G' | device,register,value~0FAC,0G,1234",
        "a spreadsheet takes zeros away | device,register,value~0FAC,0B,12",
        "line 2: value takes 4 hex digits, as in 1234, not '' | device,register,value~0FAC,0B,",
        "line 4: register 0B of device 0FAC is in line 2 already | device,register,value~0FAC,0B,1234~0FAC,0C,1234~0fac,0b,0000",
        "line 2: there is a NUL, so it is no text in UTF-8: save the file as CSV | device,register,value~0FAC,0B,1^34",
        "line 3: it has more than 2000 characters | device,register,value~0FAC,0B,1234~@",
        "line 2: decimal is 7 and value is 1234 | device,register,value,decimal~0FAC,0B,1234,7",
        "line 2: time takes one in UTC | device,register,value,time~0FAC,0B,1234,yesterday",
      })
  void shouldSayWhatIsWrongWithALineOfCsvAndChangeNothing(String said, String text)
      throws Exception {
    assertRefused("bad.csv", said, text.replace('~', '\n').replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "line 2: seq takes a number from 1, not '0' | 0,2026-11-24T14:40:42.890Z,0FAC,0B,1234,::1,tls",
        "line 3: seq is 1 after 1 | 1,2026-11-24T14:40:42.890Z,0FAC,0B,1234,::1,tls~1,2026-11-24T14:40:42.890Z,0FAC,0B,1234,::1,tls",
        "line 2: port takes plain or tls, not 'tl' | 1,2026-11-24T14:40:42.890Z,0FAC,0B,1234,::1,tl",
        "line 2: peer takes an address | 1,2026-11-24T14:40:42.890Z,0FAC,0B,1234,a b,tls",
      })
  void shouldSayWhatIsWrongWithALineOfAHistoryAndMakeNothing(String said, String text)
      throws Exception {
    String history = "seq,time,device,register,value,peer,port\n" + text.replace('~', '\n');
    importText("bad.csv", history).failsWith(ExitCode.USAGE, said, "nothing was imported");
    assertThat(directory.toFile().list()).containsExactly("bad.csv");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "line 1: there is nothing | ''",
        "line 1: it is no JSON object | ['0FAC','0B','1234']",
        "line 1: value must be text | {'device':'0FAC','register':'0B','value':1234}",
        "line 1: there is no value | {'device':'0FAC','register':'0B'}",
        "line 1: registers have no column 'colour' | {'device':'0FAC','register':'0B','value':'1234','colour':'red'}",
        "line 1: it is no JSON object (Duplicate | {'device':'0FAC','device':'0FAC','register':'0B','value':'1234'}",
        "line 1: there is more behind | {'device':'0FAC','register':'0B','value':'1234'}{}",
        "line 1: seq must be a whole number | {'seq':'1'}",
        "line 3: it is no JSON object | {'device':'0FAC','register':'0B','value':'1234'}~~{'device':'0FAC','regis",
        "line 1: it is no JSON object (Unexpected end-of-input: expected close marker for Object): give | {'device':'0FAC'",
        "line 2: there is a NUL, so it is no text in UTF-8: save the file as lines of JSON | {'device':'0FAC','register':'0B','value':'1234'}~{^}",
        "line 2: it has more than 2000 | {'device':'0FAC','register':'0B','value':'1234'}~@",
      })
  void shouldSayWhatIsWrongWithALineOfJsonAndChangeNothing(String said, String text)
      throws Exception {
    assertRefused("bad.jsonl", said, text.replace('~', '\n').replace('\'', '"'));
  }

  private void assertRefused(String name, String said, String text) throws Exception {
    String bad = text.replace('^', '\0').replace("@", "[".repeat(5000));
    importText(name, bad).failsWith(ExitCode.USAGE, said, "nothing was imported");
    assertThat(directory.toFile().list()).containsExactly(name);
    importText("good.csv", "device,register,value\n0FAC,0B,0001\n");
    byte[] before = Files.readAllBytes(data().resolve("wwep.db"));
    importText(name, bad).failsWith(ExitCode.USAGE, said, "nothing was imported");
    assertThat(Files.readAllBytes(data().resolve("wwep.db"))).isEqualTo(before);
  }

  /** Killed once while it reads, and then at any moment. */
  @Test
  void shouldLeaveTheOldStateOrTheNewOneWhenKilled() throws Exception {
    importText("one.csv", "device,register,value\n0FAC,0B,0001\n");
    String before = registers(data());
    try (Child child =
        Child.start(directory, "import", "-", "--format", "csv", "--data", data().toString())) {
      OutputStream typed = child.process().getOutputStream();
      typed.write(rows(60_000).getBytes(UTF_8));
      typed.flush();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> Files.exists(data().resolve("wwep.db-wal")));
      child.process().destroyForcibly().waitFor();
    }
    assertThat(registers(data())).isEqualTo(before);
    Path file = Files.writeString(directory.resolve("many.csv"), rows(20_000));
    long seed = System.nanoTime();
    System.out.println("ExportImportTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 3; round++) {
      int many = registers(data()).split("\n", -1).length;
      try (Child child =
          Child.start(directory, "import", file.toString(), "--data", data().toString())) {
        child.process().waitFor(300 + random.nextInt(1500), TimeUnit.MILLISECONDS);
        child.process().destroyForcibly().waitFor();
      }
      assertThat(registers(data()).split("\n", -1).length).isIn(many, 20_003);
      assertThat(DatabaseCheck.runIn(data()).damages()).isEmpty();
    }
    try (Serving server = Serving.start("--no-tls", "--data", data().toString())) {
      assertThat(server.exchange("R0FAC0B\n")).startsWith("A0FAC0B0001");
    }
  }

  private static String rows(int count) {
    StringBuilder rows = new StringBuilder("device,register,value\n");
    for (int i = 0; i < count; i++) {
      rows.append("%04X,%02X,%04X\n".formatted(0x1000 + (i >> 8), i & 0xFF, i & 0xFFFF));
    }
    return rows.toString();
  }
}

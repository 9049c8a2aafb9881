package io.wwep.it.wireshark;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Wireshark without its windows, with our dissector, on one capture. */
final class Tshark {

  /** The dissector, as it is in the repository. */
  static final Path DISSECTOR = Path.of("..", "wireshark", "wwep.lua").toAbsolutePath().normalize();

  /** Between the values of one field in one packet. */
  static final String BETWEEN = "|";

  /** In every row, and never to be filled. */
  private static final String LUA_ERROR = "_ws.lua.error";

  private final List<String> command;

  private Tshark(List<String> command) {
    this.command = command;
  }

  /**
   * Skips the test where there is no tshark. What people have installed and set for themselves does
   * not count: their home is the capture's directory.
   */
  static Tshark on(Path capture) {
    Tool.of("tshark");
    return new Tshark(List.of("env", "HOME=" + capture.getParent(), "tshark"))
        .with("-r", capture.toString(), "-X", "lua_script:" + DISSECTOR, "-n");
  }

  /** Returns one that has more options, as in {@code -o wwep.plain_ports:5000}. */
  Tshark with(String... more) {
    return new Tshark(Stream.concat(command.stream(), Stream.of(more)).toList());
  }

  /** Returns one that goes through the capture twice, so that links to later packets are there. */
  Tshark twice() {
    return with("-2");
  }

  /**
   * Returns the fields of each packet that a filter shows; several values of a field are joined by
   * {@link #BETWEEN}.
   */
  List<List<String>> rows(String filter, String... fields) throws Exception {
    List<String> whole = new ArrayList<>(command);
    whole.addAll(List.of("-Y", filter, "-T", "fields", "-E", "separator=/t"));
    whole.addAll(List.of("-E", "aggregator=" + BETWEEN, "-e", LUA_ERROR));
    for (String field : fields) {
      whole.addAll(List.of("-e", field));
    }
    Tool.Result result = Tool.of(whole.toArray(String[]::new)).run("");
    assertThat(result.exit()).as(result.err()).isZero();
    List<List<String>> rows = new ArrayList<>();
    for (String line : result.out().lines().toList()) {
      List<String> row = List.of(line.split("\t", -1));
      assertThat(row.get(0)).as("an error of the dissector in: %s", line).isEmpty();
      rows.add(row.subList(1, row.size()));
    }
    return rows;
  }

  /** Returns one field of each packet that a filter shows. */
  List<String> column(String filter, String field) throws Exception {
    return rows(filter, field).stream().map(row -> row.get(0)).toList();
  }
}

package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Scripts and service managers rely on exit codes, so each is told wherever they are told. */
class ExitCodeTest {

  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|");
  private static final Pattern FOOTER = Pattern.compile("(?m)^ +(\\d+) {2}\\S");

  private static Set<Integer> codes() throws IllegalAccessException {
    Set<Integer> codes = new TreeSet<>();
    for (Field field : ExitCode.class.getDeclaredFields()) {
      codes.add(field.getInt(null));
    }
    return codes;
  }

  private static Set<Integer> numbers(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> Integer.valueOf(match.group(1)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void shouldTellAllInTheGuideForOperators() throws Exception {
    String guide = Files.readString(Path.of("..", "docs", "operation.md"));
    int start = guide.indexOf("## Exit codes");
    String table = guide.substring(start, guide.indexOf("\n## ", start));

    assertThat(numbers(ROW, table)).isEqualTo(codes());
  }

  @Test
  void shouldTellAllInTheHelp() throws Exception {
    String help = Run.of("help").out();

    assertThat(numbers(FOOTER, help.substring(help.indexOf("Exit codes:")))).isEqualTo(codes());
  }
}

package io.wwep.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CProgramTest {

  private static final Pattern INCLUDE = Pattern.compile("#include \"([a-z_]+\\.h)\"");

  private static String read(String file) throws Exception {
    try (InputStream source = CProgram.class.getResourceAsStream("c/" + file)) {
      assertThat(source).as(file).isNotNull();
      return new String(source.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void shouldHaveEachFileThatItsProgramsAreMadeOf() throws Exception {
    TreeSet<String> included = new TreeSet<>();
    for (String file : CProgram.files()) {
      Matcher include = INCLUDE.matcher(read(file));
      while (include.find()) {
        included.add(include.group(1));
      }
    }

    assertThat(CProgram.files()).containsAll(included).doesNotHaveDuplicates();
  }

  /** The first lines of each program say how it is compiled. */
  @Test
  void shouldCompileAProgramAsItsFirstLinesSay() throws Exception {
    for (CProgram program : CProgram.values()) {
      String head = read(program.program() + ".c");
      List<String> words =
          head.lines()
              .filter(line -> line.contains(" cc -std=c99 exercise"))
              .findFirst()
              .map(line -> List.of(line.strip().split(" +")))
              .orElseThrow();

      assertThat(words).as("%s", program).containsAll(program.sources());
      assertThat(words).as("%s", program).containsAll(program.libraries());
    }
  }
}

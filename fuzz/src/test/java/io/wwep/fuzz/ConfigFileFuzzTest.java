package io.wwep.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wwep.cli.ConfigText;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Any file is a configuration, or gets a sentence that names the line and the cure. */
class ConfigFileFuzzTest {

  private static final Pattern LINE = Pattern.compile("wwep\\.toml, line (\\d+): ");

  @DictionaryFile(resourcePath = "config.dict")
  @FuzzTest
  void shouldConfigureOrSayWhichLineIsWrong(byte[] input) {
    Path file = Scratch.file("wwep.toml", input);
    String problem = ConfigText.problem(file);
    if (problem != null) {
      Sentences.require(problem, input);
      requireLine(problem, lines(input));
    }
  }

  private static int lines(byte[] input) {
    int lines = 1;
    for (int i = 0; i < input.length; i++) {
      boolean lineEnd = input[i] == '\n' || (input[i] == '\r' && !isLineFeed(input, i + 1));
      lines += lineEnd ? 1 : 0;
    }
    return lines;
  }

  private static boolean isLineFeed(byte[] input, int i) {
    return i < input.length && input[i] == '\n';
  }

  /** A file that cannot be read as text, and settings that only contradict others, have none. */
  private static void requireLine(String problem, int lines) {
    Matcher line = LINE.matcher(problem);
    if (line.find()) {
      int number = Integer.parseInt(line.group(1));
      if (number < 1 || number > lines) {
        throw new AssertionError("there is no line " + number + ": " + problem);
      }
    } else if (!problem.contains("it is not UTF-8") && !problem.contains("help serve")) {
      throw new AssertionError("no line: " + problem);
    }
  }
}

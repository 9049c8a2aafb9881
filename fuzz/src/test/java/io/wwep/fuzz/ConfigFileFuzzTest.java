package io.wwep.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wwep.cli.ConfigText;
import java.nio.file.Path;

/** Any file is a configuration, or gets a sentence that names the line and the cure. */
class ConfigFileFuzzTest {

  @DictionaryFile(resourcePath = "config.dict")
  @FuzzTest
  void shouldConfigureOrSayWhichLineIsWrong(byte[] input) {
    Path file = Scratch.file("wwep.toml", input);
    String problem = ConfigText.problem(file);
    if (problem != null) {
      Sentences.require(problem, input);
      // A file that cannot be read as text, and settings that only contradict others, have none.
      Places.require("wwep.toml", problem, input, "it is not UTF-8", "help serve");
    }
  }
}

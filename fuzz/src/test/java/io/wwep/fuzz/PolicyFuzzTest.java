package io.wwep.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wwep.cli.PolicyText;
import java.nio.file.Path;

/** Any file is a policy by which everything is decided, or gets a sentence that names the place. */
class PolicyFuzzTest {

  @DictionaryFile(resourcePath = "policy.dict")
  @FuzzTest
  void shouldDecideOrSayWhichPlaceIsWrong(byte[] input) {
    Path file = Scratch.file("policy.toml", input);
    String problem = PolicyText.problem(file);
    if (problem != null) {
      Sentences.require(problem, input);
      Places.require("policy.toml", problem, input, "it is not UTF-8");
    }
  }
}

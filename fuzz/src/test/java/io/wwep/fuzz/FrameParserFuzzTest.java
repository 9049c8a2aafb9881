package io.wwep.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Bytes in reads of any size: {@link ParserCheck}. */
class FrameParserFuzzTest {

  private final PlantedFault fault = PlantedFault.planted();

  @DictionaryFile(resourcePath = "wwep.dict")
  @FuzzTest
  void shouldFindWhatTheProtocolSays(byte[] input) {
    ParserCheck.check(input, fault);
  }
}

package io.wwep.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Bytes, pauses and ends on a whole connection: {@link ConnectionCheck}. */
class ConnectionFuzzTest {

  private final PlantedFault fault = PlantedFault.planted();

  @DictionaryFile(resourcePath = "wwep.dict")
  @FuzzTest
  void shouldDoWhatTheProtocolSays(byte[] input) {
    ConnectionCheck.check(input, fault);
  }
}

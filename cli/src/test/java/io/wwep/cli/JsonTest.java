package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void shouldEscapeWhatJsonAndAsciiDoNotHave() {
    assertThat(new Json().put("a\"b", "\\ \" \n \t \u0000 \u007f ä … \uD83D\uDE00"))
        .hasToString(
            "{\"a\\\"b\":\"\\\\ \\\" \\u000a \\u0009 \\u0000 \\u007f \\u00e4 \\u2026 \\ud83d\\ude00\"}");
  }

  @Test
  void shouldWriteEveryKindOfValue() {
    Json json =
        new Json()
            .put("n", 5)
            .put("d", 1.5)
            .put("t", true)
            .put("z", null)
            .put("o", new Json().put("x", "y"))
            .put("l", List.of("a", 1))
            .put("m", Map.of("k", "v"));
    assertThat(json)
        .hasToString(
            "{\"n\":5,\"d\":1.5,\"t\":true,\"z\":null,\"o\":{\"x\":\"y\"},\"l\":[\"a\",1],\"m\":{\"k\":\"v\"}}");
  }

  @Test
  void shouldLeaveOutWhatIsNotThere() {
    assertThat(new Json().putIfPresent("a", null).putIfPresent("b", "").putIfPresent("c", "d"))
        .hasToString("{\"c\":\"d\"}");
    assertThat(new Json()).hasToString("{}");
  }
}

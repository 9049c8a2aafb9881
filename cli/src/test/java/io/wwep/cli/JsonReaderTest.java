package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  @Test
  void shouldReadWhatIsWritten() {
    String odd = "\"quoted\" \\ back\u0001\u001B[31m, ä and \uD83D\uDE00\n";
    String written =
        new Json()
            .put("text", odd)
            .put("number", 27708)
            .put("fraction", 0.5)
            .put("yes", true)
            .put("nothing", null)
            .put("object", new Json().put("a", 1))
            .put("list", Arrays.asList("x", false, null))
            .put("none", List.of())
            .toString();

    Map<String, Object> read = JsonReader.object(written);

    assertThat(read.get("text")).isEqualTo(odd);
    assertThat(read.get("number")).isEqualTo(27708L);
    assertThat(read.get("fraction")).isEqualTo(0.5);
    assertThat(read.get("yes")).isEqualTo(true);
    assertThat(read).containsEntry("nothing", null);
    assertThat(read.get("object")).isEqualTo(Map.of("a", 1L));
    assertThat(read.get("list")).isEqualTo(Arrays.asList("x", false, null));
    assertThat(read.get("none")).isEqualTo(List.of());
    assertThat(read.keySet()).first().isEqualTo("text");
  }

  @Test
  void shouldReadWhatOthersWriteMorePrettily() {
    assertThat(JsonReader.object(" { \"a\" : [ 1 , -2.5e1 ] , \"b\" : \"\\u00e4\\/\\t\" }\n"))
        .isEqualTo(Map.of("a", List.of(1L, -25.0), "b", "ä/\t"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "1",
        "{",
        "{}x",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":tru}",
        "{\"a\":\"",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":--1}",
        "{\"a\":99999999999999999999}"
      })
  void shouldRefuseAnythingElse(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonReader.object(text))
        .withMessageMatching("no JSON of wwep's, at character \\d+");
  }

  @Test
  void shouldRefuseWhatIsNestedTooDeeply() {
    String nested = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThatIllegalArgumentException().isThrownBy(() -> JsonReader.object(nested));
  }
}

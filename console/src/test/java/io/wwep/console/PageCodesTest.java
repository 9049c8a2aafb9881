package io.wwep.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.protocol.RejectCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page repeats of the protocol, since it is written in another language. */
class PageCodesTest {

  private static final Path FILTER = Path.of("src/main/web/src/live/filter.ts");

  private static final Pattern LIST =
      Pattern.compile(
          "CODES: ReadonlyMap<string, string> = new Map\\(\\[(.*?)\\]\\);", Pattern.DOTALL);

  private static final Pattern CODE = Pattern.compile("\\[\"([a-z-]+)\", \"[^\"]+\"\\]");

  @Test
  void shouldKnowEveryCodeOfAnXAndNoOther() throws IOException {
    List<String> lists =
        LIST.matcher(Files.readString(FILTER)).results().map(found -> found.group(1)).toList();
    assertThat(lists).hasSize(1);
    List<String> codes = CODE.matcher(lists.get(0)).results().map(found -> found.group(1)).toList();

    assertThat(codes)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(RejectCode.values()).map(RejectCode::word).toList());
  }
}

package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of what is shipped, which others compare with lists of known weaknesses. */
class BillOfMaterialsTest {

  private static final Path TARGET = Path.of("..", "cli", "target");
  private static final Pattern LIBRARY =
      Pattern.compile(
          "\"purl\" : \"pkg:maven/[^/]+/([^@]+)@([^?]+)\\?(?:classifier=([^&\"]+)&)?type=jar\"");

  @Test
  void shouldListExactlyTheLibrariesThatAreShipped() throws Exception {
    Path list = TARGET.resolve("bom.json");
    assumeTrue(Files.exists(list), "the list is made by a build that is online (without -o)");
    String bom = Files.readString(list);
    Matcher libraries = LIBRARY.matcher(bom.substring(bom.indexOf("\n  \"components\"")));
    List<String> listed =
        libraries
            .results()
            .map(
                each ->
                    each.group(1)
                        + "-"
                        + each.group(2)
                        + (each.group(3) == null ? "" : "-" + each.group(3))
                        + ".jar")
            .toList();

    assertThat(bom).startsWith("{").contains("\"bomFormat\" : \"CycloneDX\"");
    assertThat(listed).doesNotHaveDuplicates();
    assertThat(listed)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(names("lib").stream(), names("gpio").stream()).toList());
  }

  private static List<String> names(String directory) throws IOException {
    try (Stream<Path> files = Files.list(TARGET.resolve(directory))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}

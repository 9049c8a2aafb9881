package io.wwep.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The targets and their corpora can fail: a server with a mistake in it is found out. */
class PlantedFaultTest {

  private static final Path CORPORA = Path.of("src/test/resources/io/wwep/fuzz");

  @ParameterizedTest
  @EnumSource(
      value = PlantedFault.class,
      mode = Mode.EXCLUDE,
      names = {"NONE", "FORGETS_PAUSES", "FORGETS_THE_END"})
  void shouldBeFoundByTheParsersCorpus(PlantedFault fault) throws Exception {
    assertThat(findings("FrameParserFuzzTest", fault, ParserCheck::check)).isPositive();
  }

  @ParameterizedTest
  @EnumSource(value = PlantedFault.class, mode = Mode.EXCLUDE, names = "NONE")
  void shouldBeFoundByTheConnectionsCorpus(PlantedFault fault) throws Exception {
    assertThat(findings("ConnectionFuzzTest", fault, ConnectionCheck::check)).isPositive();
  }

  @ParameterizedTest
  @EnumSource(value = PlantedFault.class, names = "NONE")
  void shouldNotBeFoundWhereThereIsNone(PlantedFault none) throws Exception {
    assertThat(findings("FrameParserFuzzTest", none, ParserCheck::check)).isZero();
    assertThat(findings("ConnectionFuzzTest", none, ConnectionCheck::check)).isZero();
  }

  private static long findings(
      String test, PlantedFault fault, BiConsumer<byte[], PlantedFault> check) throws IOException {
    long findings = 0;
    for (Path each : corpus(test)) {
      try {
        check.accept(Files.readAllBytes(each), fault);
      } catch (AssertionError found) {
        findings++;
      }
    }
    return findings;
  }

  private static List<Path> corpus(String test) throws IOException {
    try (Stream<Path> files = Files.walk(CORPORA.resolve(test + "Inputs"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}

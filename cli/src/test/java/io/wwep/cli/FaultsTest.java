package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FaultsTest {

  private static String report(Throwable fault) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Output err = new Output(bytes, StandardCharsets.UTF_8, () -> false);
    Console console = new Console(InputStream.nullInputStream(), err, err, false, false, true);
    assertThat(new Faults(console).report(fault)).isEqualTo(ExitCode.USAGE);
    return bytes.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void shouldPassOnWhatIsMeantForPeople() {
    assertThat(report(new CliException("the cup is empty: fill it")))
        .isEqualTo("wwep: the cup is empty: fill it");
  }

  @Test
  void shouldTurnAFaultIntoOneSentenceWithoutATrace() {
    assertThat(report(new IllegalStateException("two\nlines", new RuntimeException("cause"))))
        .isEqualTo(
            "wwep: this is a fault in wwep (illegal state: two): run it again with WWEP_DEBUG=1 and report what it prints");
    assertThat(report(new NullPointerException())).contains("(null pointer)");
  }

  @Test
  void shouldNameTheCureForAFullHeap() {
    assertThat(report(new OutOfMemoryError("Java heap space"))).contains("WWEP_JAVA_OPTIONS=-Xmx");
  }
}

package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommandNameTest {

  @Test
  void shouldBeWhatTheLauncherTells() {
    assertThat(CommandName.of("./wwep")).isEqualTo("./wwep");
    assertThat(CommandName.of("../w/wwep")).isEqualTo("../w/wwep");
  }

  @Test
  void shouldBeThePlainNameWithoutALauncher() {
    assertThat(CommandName.of(null)).isEqualTo("wwep");
    assertThat(CommandName.of("")).isEqualTo("wwep");
  }

  @Test
  void shouldBeOneWordForTheShell() {
    assertThat(CommandName.of("a home/wwep")).isEqualTo("a\\ home/wwep");
    assertThat(CommandName.of("it's/wwep")).isEqualTo("it\\'s/wwep");
  }
}

package io.wwep.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TeacherTest {

  private final List<String> told = new ArrayList<>();
  private final Teacher teacher = new Teacher(told::add);

  @Test
  void shouldSayThatAllWentAsTold() {
    teacher.step("One");
    teacher.saw("board", "sent R0FAC0B");
    teacher.expect(true, "it did");
    assertThat(teacher.end()).isTrue();
    assertThat(told).contains("1. One", "   [ok] it did", "All of it went as the lesson says.");
  }

  @Test
  void shouldSayWhatDidNotGoAsTold() {
    teacher.step("One");
    teacher.expect(false, "it did");
    teacher.expect(true, "and that");
    assertThat(teacher.end()).isFalse();
    assertThat(told).contains("   [NOT SO] it did").last().asString().startsWith("1 of it did not");
  }
}

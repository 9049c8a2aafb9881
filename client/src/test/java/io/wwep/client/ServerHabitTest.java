package io.wwep.client;

import static io.wwep.client.ServerHabit.Step.PROBE;
import static io.wwep.client.ServerHabit.Step.RECONNECT;
import static io.wwep.client.ServerHabit.Step.SEND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The decision table of {@link ServerHabit}, row by row. */
class ServerHabitTest {

  private static final long NOW = 0;

  private static ServerHabit unknown() {
    return new ServerHabit();
  }

  private static ServerHabit keeps() {
    ServerHabit habit = new ServerHabit();
    habit.replied(2);
    return habit;
  }

  private static ServerHabit closes() {
    ServerHabit habit = new ServerHabit();
    habit.closed(1, false, NOW);
    return habit;
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        // habit, replies, idle ms, round trip ms, read, write
        Arguments.of(unknown(), 0, 0, 0, SEND, SEND),
        Arguments.of(keeps(), 0, 0, 0, SEND, SEND),
        Arguments.of(closes(), 0, 0, 0, SEND, SEND),
        Arguments.of(closes(), 1, 0, 1, RECONNECT, RECONNECT),
        Arguments.of(unknown(), 1, 0, 1, SEND, PROBE),
        Arguments.of(unknown(), 1, 99, 1, SEND, PROBE),
        Arguments.of(unknown(), 1, 100, 1, RECONNECT, RECONNECT),
        Arguments.of(keeps(), 1, 0, 1, SEND, SEND),
        Arguments.of(keeps(), 1, 99, 100, SEND, SEND),
        Arguments.of(keeps(), 1, 99, 101, SEND, PROBE),
        Arguments.of(keeps(), 1, 0, 200, SEND, PROBE),
        Arguments.of(keeps(), 1, 100, 1, RECONNECT, RECONNECT),
        Arguments.of(keeps(), 2, 29_999, 1, SEND, SEND),
        Arguments.of(keeps(), 2, 30_000, 1, SEND, PROBE),
        Arguments.of(closes(), 2, 0, 1, SEND, SEND),
        Arguments.of(unknown(), 1_000, 30_000, 1, SEND, PROBE));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void shouldDecideByTheTable(
      ServerHabit habit,
      int replies,
      long idleMillis,
      long roundTripMillis,
      ServerHabit.Step read,
      ServerHabit.Step write) {
    long idle = TimeUnit.MILLISECONDS.toNanos(idleMillis);
    long roundTrip = TimeUnit.MILLISECONDS.toNanos(roundTripMillis);
    assertThat(habit.step(false, replies, idle, roundTrip)).isEqualTo(read);
    assertThat(habit.step(true, replies, idle, roundTrip)).isEqualTo(write);
  }

  @ParameterizedTest
  @CsvSource({
    // replies, unanswered, idle ms, learned that it closes
    "0, true,   0, false",
    "0, false,  0, false",
    "1, false,  0, true",
    "1, false, 24, true",
    "1, false, 25, false",
    "1, true,  90, true",
    "2, true,   0, false",
  })
  void shouldLearnFromACloseOnlyWhatItProves(
      int replies, boolean unanswered, long idleMillis, boolean learned) {
    ServerHabit habit = new ServerHabit();
    habit.closed(replies, unanswered, TimeUnit.MILLISECONDS.toNanos(idleMillis));
    assertThat(habit.closesAfterReply()).isEqualTo(learned);
  }

  @Test
  void shouldPipelineOnlyWhereASecondReplyWasSeen() {
    assertThat(unknown().allowsPipelining(0)).isFalse();
    assertThat(unknown().allowsPipelining(1)).isFalse();
    assertThat(closes().allowsPipelining(1)).isFalse();
    assertThat(keeps().allowsPipelining(0)).isFalse();
    assertThat(keeps().allowsPipelining(1)).isTrue();
    assertThat(unknown().allowsPipelining(2)).isTrue();
  }

  @Test
  void shouldForgetThatItClosesWhenItDoesNotAnyMore() {
    ServerHabit habit = closes();
    habit.keptOpen();
    assertThat(habit.closesAfterReply()).isFalse();
    assertThat(habit.step(false, 1, NOW, NOW)).isEqualTo(SEND);
  }
}

package io.wwep.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectionLimitTest {

  @ParameterizedTest
  @CsvSource({
    "10000, 1048576, 10000, 256",
    "10000, 2147483647, 10000, 256",
    "100, 1024, 100, 120",
    "10000, 1024, 840, 120",
    "10000, 256, 168, 24",
    "10000, 10, 1, 1",
    "1, 10, 1, 1",
  })
  void shouldStayBelowWhatTheSystemGrants(int wanted, int descriptors, int max, int told) {
    ConnectionLimit limit = ConnectionLimit.of(wanted, descriptors);
    assertThat(limit.max()).isEqualTo(max);
    assertThat(limit.toldMax()).isEqualTo(told);
    assertThat(limit.isBoundByDescriptors()).isEqualTo(max < wanted);
  }

  @Test
  void shouldNameTheCureThatHelps() {
    assertThat(ConnectionLimit.of(7, 1024).sentence())
        .contains("7 connections are open", "larger --max-connections");
    ConnectionLimit bound = ConnectionLimit.of(10_000, 256);
    assertThat(bound.sentence()).contains("168 connections are open", "ulimit -n");
    assertThat(bound.warning(10_000)).contains("takes 168", "not 10000", "256 files", "ulimit -n");
  }

  @Test
  void shouldReadTheLimitOfLinux() {
    String header =
        "Limit                     Soft Limit           Hard Limit           Units     ";
    assertThat(
            Descriptors.max(
                List.of(
                    header,
                    "Max open files            1024                 524288               files")))
        .isEqualTo(1024);
    assertThat(
            Descriptors.max(
                List.of(
                    header,
                    "Max open files            unlimited            unlimited            files")))
        .isEqualTo(Descriptors.UNBOUNDED);
    assertThat(Descriptors.max(List.of(header))).isEqualTo(Descriptors.UNBOUNDED);
    assertThat(Descriptors.max()).isGreaterThan(10);
  }
}

package io.wwep.bench;

import java.time.Duration;

/**
 * What a server is loaded with.
 *
 * @param connections that send requests, 1 to 100,000
 * @param pipeline requests in flight on each connection, 1 to 4,096
 * @param writesPercent share of writes, 0 to 100
 * @param devices the last so many device IDs are used, 1 to 65,536
 * @param registers the first so many registers of each device, 1 to 256
 * @param ratePerSecond open loop: so many requests a second in all, whatever the server does; 0 for
 *     a closed loop, where each reply is followed by the next request
 * @param oneShot a connection for each request
 * @param resume whether connections of one-shot resume their TLS session
 * @param idle connections that send two requests and then are only held, 0 to 1,000,000
 * @param threads event loops, 1 to 64
 * @param warmup time that is not counted
 * @param duration time that is
 */
public record Load(
    int connections,
    int pipeline,
    int writesPercent,
    int devices,
    int registers,
    double ratePerSecond,
    boolean oneShot,
    boolean resume,
    int idle,
    int threads,
    Duration warmup,
    Duration duration) {

  public static final int CONNECTIONS_MAX = 100_000;
  public static final int PIPELINE_MAX = 4096;
  public static final int PERCENT_MAX = 100;
  public static final int DEVICES_MAX = 65_536;
  public static final int REGISTERS_MAX = 256;
  public static final int IDLE_MAX = 1_000_000;
  public static final int THREADS_MAX = 64;

  /** Fifty connections that read in a closed loop for ten seconds. */
  public static final Load DEFAULT =
      new Load(
          50, 1, 0, 1000, 16, 0, false, false, 0, 1, Duration.ofSeconds(2), Duration.ofSeconds(10));

  /**
   * @throws IllegalArgumentException when a number is out of its range; the message names it, the
   *     range and the number given
   */
  public Load {
    require("connections", connections, 1, CONNECTIONS_MAX);
    require("pipeline", pipeline, 1, PIPELINE_MAX);
    require("writes", writesPercent, 0, PERCENT_MAX);
    require("devices", devices, 1, DEVICES_MAX);
    require("registers", registers, 1, REGISTERS_MAX);
    require("idle", idle, 0, IDLE_MAX);
    require("threads", threads, 1, THREADS_MAX);
    if (!(ratePerSecond >= 0 && ratePerSecond <= 1e9)) {
      throw new IllegalArgumentException(
          "rate must be 0 to 1,000,000,000 a second, not " + ratePerSecond);
    }
    if (duration.isZero() || duration.isNegative() || warmup.isNegative()) {
      throw new IllegalArgumentException(
          "duration must be more than 0, not %s, and warm-up 0 or more, not %s"
              .formatted(duration, warmup));
    }
  }

  private static void require(String name, int number, int min, int max) {
    if (number < min || number > max) {
      throw new IllegalArgumentException(
          "%s must be %d to %d, not %d".formatted(name, min, max, number));
    }
  }

  /** Whether requests come at their time, whatever the server does. */
  public boolean isOpenLoop() {
    return ratePerSecond > 0;
  }

  /** Returns the first device that is used. */
  public int firstDevice() {
    return DEVICES_MAX - devices;
  }

  /** Returns how many registers are used. */
  public int registerCount() {
    return devices * registers;
  }

  /** Returns the address of one of the registers that are used, counted from 0. */
  int address(int index) {
    return (firstDevice() + index / registers) << 8 | index % registers;
  }
}

package io.wwep.bench;

import java.time.Duration;

/** Loads that tests ask for: short, with few connections. */
final class Loads {

  private int connections = 4;
  private int pipeline = 1;
  private int writesPercent;
  private double rate;
  private boolean oneShot;
  private boolean resume;
  private int idle;
  private int threads = 1;
  private Duration warmup = Duration.ZERO;
  private Duration duration = Duration.ofMillis(500);

  Loads connections(int number) {
    connections = number;
    return this;
  }

  Loads pipeline(int number) {
    pipeline = number;
    return this;
  }

  Loads writes(int percent) {
    writesPercent = percent;
    return this;
  }

  Loads rate(double perSecond) {
    rate = perSecond;
    return this;
  }

  Loads oneShot(boolean resumes) {
    oneShot = true;
    resume = resumes;
    return this;
  }

  Loads idle(int number) {
    idle = number;
    return this;
  }

  Loads threads(int number) {
    threads = number;
    return this;
  }

  Loads warmup(Duration time) {
    warmup = time;
    return this;
  }

  Loads duration(Duration time) {
    duration = time;
    return this;
  }

  Load load() {
    return new Load(
        connections,
        pipeline,
        writesPercent,
        20,
        16,
        rate,
        oneShot,
        resume,
        idle,
        threads,
        warmup,
        duration);
  }
}

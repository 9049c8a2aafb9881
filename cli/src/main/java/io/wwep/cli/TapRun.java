package io.wwep.cli;

import io.wwep.tap.Tap;
import io.wwep.tap.TapConfig;
import java.util.concurrent.CountDownLatch;

/** The life of one tap: until Ctrl-C, whatever else tells the process to end, or no output. */
final class TapRun {

  private final Console console;
  private final TapConfig config;
  private final boolean json;
  private final CountDownLatch ended = new CountDownLatch(1);

  TapRun(Console console, TapConfig config, boolean json) {
    this.console = console;
    this.config = config;
    this.json = json;
  }

  /**
   * Runs it.
   *
   * @return the exit code
   */
  int run() {
    StopSignals signals = new StopSignals(ended::countDown, ended::countDown);
    try (LineWriter lines = new LineWriter(console.out(), ended::countDown)) {
      TapLog log = json ? new TapJson(lines) : new TapLines(console, lines);
      log.purpose();
      Tap tap = Tap.start(config, log);
      try {
        log.started(tap.address(), config);
        if (!tap.address().getAddress().isLoopbackAddress()) {
          console.note(
              "the tap listens beyond this machine, and shows what all who connect send: tell them, and have their consent");
        }
        ended.await();
      } catch (InterruptedException e) {
        // A program around this one has had enough.
      } finally {
        tap.close();
        log.stopped(tap.summary(), config);
      }
      return tap.summary().captureFailure() == null ? ExitCode.OK : ExitCode.OUTPUT_LOST;
    } finally {
      signals.close();
    }
  }
}

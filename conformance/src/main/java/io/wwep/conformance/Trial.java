package io.wwep.conformance;

import io.wwep.conformance.cases.Case;
import io.wwep.conformance.cases.Talk;
import io.wwep.conformance.wire.Clue;
import io.wwep.conformance.wire.Devices;
import io.wwep.conformance.wire.Mismatch;
import io.wwep.conformance.wire.NoConnection;
import io.wwep.conformance.wire.Target;
import io.wwep.conformance.wire.Transcript;
import io.wwep.protocol.RegisterId;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;

/** Tries single cases, and remembers which registers they wrote. Thread-safe. */
public final class Trial {

  private static final int ATTEMPTS_MAX = 3;

  private final Target target;
  private final Devices devices;
  private final SortedSet<RegisterId> written =
      new TreeSet<>(Comparator.comparingInt(RegisterId::address));

  Trial(Target target, Devices devices) {
    this.target = target;
    this.devices = devices;
  }

  /**
   * Tries one case; the caller waits. What fails by its times, or while this machine was late, is
   * tried up to three times.
   *
   * @throws InterruptedException when the thread was interrupted
   */
  public CaseResult of(Case one) throws InterruptedException {
    if (!one.doors().areServedBy(target)) {
      return CaseResult.skipped(one, "the server has no such port, as far as it was named");
    }
    for (int i = 1; ; i++) {
      Transcript transcript = new Transcript();
      CaseResult result = of(one, transcript);
      boolean doubtful = transcript.isLate() || result.reason().equals(Clue.TIME.cause());
      if (!result.isFailed() || !doubtful || i == ATTEMPTS_MAX) {
        return result;
      }
    }
  }

  private CaseResult of(Case one, Transcript transcript) throws InterruptedException {
    long start = System.nanoTime();
    try {
      one.run(new Talk(target, one.doors(), devices, transcript));
      return passed(one, transcript, start);
    } catch (Devices.NoSuchDevice none) {
      return CaseResult.skipped(one, none.getMessage());
    } catch (Mismatch mismatch) {
      return failed(one, transcript, start, mismatch);
    } catch (IOException e) {
      return failed(one, transcript, start, unconnected(e));
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception other) {
      throw new IllegalStateException("a case fails in no other way", other);
    } finally {
      remember(transcript);
    }
  }

  private static Mismatch unconnected(IOException e) {
    if (e instanceof NoConnection none) {
      Clue clue = none.isOfTcp() ? Clue.NO_TCP : Clue.NO_TLS;
      return new Mismatch("a connection", none.getMessage(), clue);
    }
    String came = "a failure of the connection (%s)".formatted(e.getMessage());
    return new Mismatch("a connection", came, Clue.RESET);
  }

  private synchronized void remember(Transcript transcript) {
    written.addAll(transcript.written());
  }

  /** Returns the registers that were named in complete writes until now, answered or not. */
  public synchronized SortedSet<RegisterId> written() {
    return new TreeSet<>(written);
  }

  private static CaseResult passed(Case one, Transcript transcript, long start) {
    return new CaseResult(
        one,
        CaseResult.Verdict.PASSED,
        transcript.sent(),
        "",
        transcript.came(),
        since(start),
        "",
        "",
        transcript.lines());
  }

  private static CaseResult failed(Case one, Transcript transcript, long start, Mismatch mismatch) {
    Clue clue = mismatch.clue();
    return new CaseResult(
        one,
        CaseResult.Verdict.FAILED,
        transcript.sent(),
        mismatch.expected(),
        mismatch.came(),
        since(start),
        clue.cause(),
        clue.cure().isEmpty() ? one.cure() : clue.cure(),
        transcript.lines());
  }

  private static Duration since(long startNanos) {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }
}

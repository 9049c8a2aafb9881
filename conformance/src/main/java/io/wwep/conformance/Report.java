package io.wwep.conformance;

import io.wwep.conformance.cases.Level;
import io.wwep.conformance.wire.Target;
import io.wwep.protocol.RegisterId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What a server did, case by case. Immutable.
 *
 * @param results in the order of the cases
 * @param written the registers that were named in complete writes, answered or not
 */
public record Report(Target target, List<CaseResult> results, SortedSet<RegisterId> written) {

  /** Whether no case failed, and none that an exercise needs was left out. */
  public boolean isPassed() {
    return results.stream().noneMatch(CaseResult::isFailed)
        && results.stream().noneMatch(each -> !each.isPassed() && isOfLecture(each));
  }

  /** Returns those that failed. */
  public List<CaseResult> failed() {
    return results.stream().filter(CaseResult::isFailed).toList();
  }

  /** Returns how many have this verdict. */
  public long count(CaseResult.Verdict verdict) {
    return results.stream().filter(each -> each.verdict() == verdict).count();
  }

  /** Returns the exercises that this server can be the result of, by the ports that it has. */
  public List<Exercise> exercises() {
    return Arrays.stream(Exercise.values()).filter(each -> each.isAbout(target)).toList();
  }

  /** Whether all cases that an exercise needs have passed. */
  public boolean isDone(Exercise exercise) {
    return exercise.isAbout(target) && missing(exercise).isEmpty();
  }

  /** Returns the first case that keeps an exercise from being done. */
  public Optional<CaseResult> missing(Exercise exercise) {
    return results.stream()
        .filter(each -> isOfLecture(each) && exercise.has(each.tried().doors()))
        .filter(each -> !each.isPassed())
        .findFirst();
  }

  private static boolean isOfLecture(CaseResult result) {
    return result.tried().level() == Level.LECTURE;
  }
}

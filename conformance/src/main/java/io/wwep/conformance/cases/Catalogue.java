package io.wwep.conformance.cases;

import java.util.List;
import java.util.stream.Stream;

/** All cases. */
public final class Catalogue {

  private static final List<Case> ALL =
      Stream.of(
              LectureCases.all(),
              Conversations.all(),
              StreamCases.all(),
              LifetimeCases.all(),
              ClosingCases.all(),
              ChunkCases.all())
          .flatMap(cases -> cases)
          .toList();

  private Catalogue() {}

  /** Returns the cases of a level and of those before it, the simplest first. */
  public static List<Case> upTo(Level level) {
    return ALL.stream().filter(each -> each.level().compareTo(level) <= 0).toList();
  }
}

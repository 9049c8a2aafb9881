package io.wwep.conformance.cases;

import io.wwep.conformance.wire.Port;
import java.util.Locale;
import java.util.stream.Stream;

/** One line of the protocol as something that can be tried. Immutable. */
public final class Case {

  /** What is done, and what must come of it. */
  @FunctionalInterface
  interface Script {
    void run(Talk talk) throws Exception;
  }

  private final Clause clause;
  private final String title;
  private final Level level;
  private final Doors doors;
  private final boolean alone;
  private final String cure;
  private final Script script;

  private Case(
      Clause clause,
      String title,
      Level level,
      Doors doors,
      boolean alone,
      String cure,
      Script script) {
    this.clause = clause;
    this.title = title;
    this.level = level;
    this.doors = doors;
    this.alone = alone;
    this.cure = cure;
    this.script = script;
  }

  static Case of(Clause clause, String title, Level level, Doors doors, Script script) {
    return new Case(clause, title, level, doors, false, clause.cure(), script);
  }

  /** The same on each port. */
  static Stream<Case> onEach(Clause clause, String title, Level level, Script script) {
    return Stream.of(Port.values()).map(port -> of(clause, title, level, Doors.of(port), script));
  }

  /** Returns it with its own words for what a server has to do. */
  Case cure(String ownCure) {
    return new Case(clause, title, level, doors, alone, ownCure, script);
  }

  /** Returns it as one that measures times, and so needs the server for itself. */
  Case alone() {
    return new Case(clause, title, level, doors, true, cure, script);
  }

  /**
   * Tries it.
   *
   * @throws io.wwep.conformance.wire.Mismatch when the server does something else than it should
   * @throws java.io.IOException when it cannot be reached, or not asked
   */
  public void run(Talk talk) throws Exception {
    script.run(talk);
  }

  /**
   * Returns a name that stays the same over versions, and no other case of these doors has: {@code
   * messages.read-back}.
   */
  public String name() {
    String slug = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return clause.word() + "." + slug.replaceAll("^-|-$", "");
  }

  /** Returns what it is about, in a few words. */
  public String title() {
    return title;
  }

  /** Returns where PROTOCOL.md says so. */
  public Clause clause() {
    return clause;
  }

  /** Returns how much it asks of a server. */
  public Level level() {
    return level;
  }

  /** Returns which ports it goes through. */
  public Doors doors() {
    return doors;
  }

  /** Whether it measures times, and so needs the server for itself. */
  public boolean isAlone() {
    return alone;
  }

  /** Returns what a server that fails has to do, as a clause without a full stop. */
  public String cure() {
    return cure;
  }

  @Override
  public String toString() {
    return "%s %s".formatted(doors.word(), name());
  }
}

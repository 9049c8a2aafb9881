package io.wwep.cli;

import io.wwep.certs.IdentityException;
import io.wwep.server.ServerException;
import io.wwep.server.access.Access;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A part of who may do what: whose certificates are accepted, or what is granted. Each part by
 * itself, so that a mistake in one file does not hold back what another one says. Files that cannot
 * be used change nothing, and it is said what is wrong with them. Used by one thread at a time.
 */
final class LiveAccess implements LiveSetting {

  private final LiveRules rules;
  private final List<Path> files;
  private final Supplier<UnaryOperator<Access>> reader;
  private boolean refused;

  /**
   * @param files that the part comes from
   * @param reader reads them anew, or throws an {@link IdentityException} or {@link CliException}
   */
  LiveAccess(LiveRules rules, List<Path> files, Supplier<UnaryOperator<Access>> reader) {
    this.rules = rules;
    this.files = files;
    this.reader = reader;
  }

  @Override
  public List<Path> files() {
    return files;
  }

  @Override
  public boolean reload() {
    try {
      boolean changed = rules.change(reader.get());
      boolean again = !changed && refused;
      refused = false;
      if (changed) {
        tell("other rules hold from now on for who may do what: " + names());
        dateProblems().forEach(this::tell);
      } else if (again) {
        tell("the rules in %s are again those that hold".formatted(names()));
      }
      return changed || again;
    } catch (IdentityException | CliException | ServerException e) {
      refused = true;
      tell(
          "the rules of %s were not replaced, the old ones hold: ".formatted(names())
              + e.getMessage());
      return true;
    }
  }

  private void tell(String sentence) {
    rules.server().feed().tell(sentence);
  }

  private String names() {
    return String.join(", ", files.stream().map(Path::toString).toList());
  }

  @Override
  public String unchangedWords() {
    return "the rules in %s are those that hold".formatted(names());
  }

  @Override
  public String onceOnlyWords() {
    return "a file of the rules is a pipe, which cannot be read again: restart";
  }

  /** Only certificates have dates. */
  @Override
  public List<String> dateProblems() {
    Access access = rules.access();
    boolean certificates =
        access.clients().areAsked() && access.clients().trust().files().containsAll(files);
    return certificates ? access.clients().trust().problems() : List.of();
  }
}

package io.wwep.cli;

import io.wwep.certs.IdentityException;
import io.wwep.server.ServerException;
import io.wwep.server.WwepServer;
import io.wwep.server.access.Access;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Who may do what. Files that cannot be used change nothing, and it is said what is wrong with
 * them. Used by one thread at a time.
 */
final class LiveAccess implements LiveSetting {

  private final WwepServer server;
  private final Supplier<Access> reader;
  private final List<Path> files;
  private Access access;
  private boolean refused;

  /**
   * @param access what holds now
   * @param files that it was read from
   * @param reader reads them anew, or throws an {@link IdentityException} or {@link CliException}
   */
  LiveAccess(WwepServer server, Access access, List<Path> files, Supplier<Access> reader) {
    this.server = server;
    this.access = access;
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
      Access next = reader.get();
      boolean changed = !next.equals(access);
      boolean again = !changed && refused;
      refused = false;
      if (changed) {
        server.obey(next);
        access = next;
        server.feed().tell("other rules hold from now on for who may do what: " + names());
        AccessOptions.problems(next).forEach(server.feed()::tell);
      } else if (again) {
        server.feed().tell("the rules in %s are again those that hold".formatted(names()));
      }
      return changed || again;
    } catch (IdentityException | CliException | ServerException e) {
      refused = true;
      server.feed().tell("the rules were not replaced, the old ones hold: " + e.getMessage());
      return true;
    }
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

  @Override
  public List<String> dateProblems() {
    return AccessOptions.problems(access);
  }
}

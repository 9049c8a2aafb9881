package io.wwep.cli;

import io.wwep.console.WwepConsole;
import io.wwep.console.http.Credentials;
import io.wwep.console.http.CredentialsException;
import io.wwep.server.EventFeed;
import java.nio.file.Path;
import java.util.List;

/**
 * Who may use the console. Files that cannot be used change nothing, and it is said what is wrong
 * with them. Used by one thread at a time.
 */
final class LiveCredentials implements LiveSetting {

  private final ConsoleOptions options;
  private final WwepConsole console;
  private final EventFeed feed;
  private Credentials held;
  private boolean refused;

  /**
   * @param held what the console was started with
   * @param feed is told what has changed
   */
  LiveCredentials(ConsoleOptions options, WwepConsole console, Credentials held, EventFeed feed) {
    this.options = options;
    this.console = console;
    this.held = held;
    this.feed = feed;
  }

  @Override
  public List<Path> files() {
    return options.files();
  }

  @Override
  public boolean reload() {
    try {
      Credentials next = options.credentials();
      boolean changed = !next.equals(held);
      boolean again = !changed && refused;
      refused = false;
      if (changed) {
        console.admit(next);
        held = next;
        feed.tell(
            "other passwords and tokens open the console from now on: who is logged in has to do so again");
      } else if (again) {
        feed.tell("the passwords and tokens of the console are again those that hold");
      }
      return changed || again;
    } catch (CredentialsException e) {
      refused = true;
      feed.tell(
          "the passwords and tokens of the console were not replaced, the old ones hold: "
              + e.getMessage());
      return true;
    }
  }

  @Override
  public String unchangedWords() {
    return "the passwords and tokens of the console are those that hold";
  }

  @Override
  public String onceOnlyWords() {
    return "a file of the console's passwords is a pipe, which cannot be read again: restart";
  }

  @Override
  public List<String> dateProblems() {
    return List.of();
  }
}

package io.wwep.cli;

import io.wwep.server.control.StatusQuestion;
import io.wwep.store.StoreException;
import io.wwep.store.sqlite.DataDirectory;
import io.wwep.store.sqlite.SqliteStore;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** The server of a data directory on this machine, which tells of itself. */
final class LocalServer {

  /** The server takes two seconds to find out that part of it is stuck. */
  private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(5);

  private LocalServer() {}

  /**
   * Returns what it says, as {@link StatusJson} has it.
   *
   * @param other how a server that keeps its registers in memory only is asked, as in {@code by
   *     HOST}
   * @throws Unanswered when there is no answer; says why
   */
  static Map<String, Object> status(Path data, String other) throws Unanswered {
    try {
      DataDirectory.requireNoFile(data.toAbsolutePath());
      return JsonReader.object(StatusQuestion.ask(data, ANSWER_TIME_MAX));
    } catch (StoreException e) {
      throw new Unanswered("unknown", e.getMessage(), ExitCode.USAGE);
    } catch (NoSuchFileException | ConnectException e) {
      throw new Unanswered("down", down(data, other), ExitCode.NO_ANSWER);
    } catch (SocketTimeoutException e) {
      throw new Unanswered(
          "no-reply",
          "the server on %s is there and has not answered within %d s: look at its console or log, and restart it"
              .formatted(data, ANSWER_TIME_MAX.toSeconds()),
          ExitCode.NO_ANSWER);
    } catch (IOException | IllegalArgumentException e) {
      throw new Unanswered(
          "unknown",
          "the server on %s cannot be asked (%s): ask as the user who runs it"
              .formatted(data, reason(e)),
          ExitCode.USAGE);
    }
  }

  private static String down(Path data, String other) {
    OptionalLong owner = SqliteStore.ownerIn(data);
    return owner.isPresent()
        ? "nobody answers for %s, whose lock names process %d, which runs: if that is a wwep server it is starting or stopping, so ask again; or its wwep.control was removed, and it makes another when it is restarted"
            .formatted(data, owner.getAsLong())
        : "no server runs on %s: start it with '%s serve --data %s'; one that keeps its registers in memory only is asked %s"
            .formatted(data, CommandName.TEXT, data, other);
  }

  private static String reason(Exception e) {
    boolean denied = e instanceof AccessDeniedException;
    return denied ? "permission denied" : String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
  }
}

package io.wwep.store.sqlite;

import io.wwep.store.HealthListener;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Whether writes can be made durable, as the last attempt showed.
 *
 * <p>Commit thread, but for {@link #addListener}.
 */
final class Health {

  private final Path file;
  private final List<HealthListener> listeners = new CopyOnWriteArrayList<>();
  private boolean failing;

  Health(Path file) {
    this.file = file;
  }

  /** From any thread. */
  void addListener(HealthListener listener) {
    listeners.add(listener);
  }

  /**
   * Notes that a commit, or what the log's safety depends on, has failed.
   *
   * @return cause and cure
   */
  String failed(Throwable failure) {
    String sentence = SqliteFailure.sentence(failure, file);
    if (!failing) {
      failing = true;
      tell(listener -> listener.failing(sentence));
    }
    return sentence;
  }

  /** Notes that a commit has succeeded. */
  void committed() {
    if (failing) {
      heal(file + " takes writes again");
    }
  }

  /** Notes that the file was opened again and holds what was acknowledged. */
  void proved(int registers) {
    if (failing) {
      heal(
          "%s was opened again and checked: its %,d registers are as acknowledged, and all is on disk; writes are taken again"
              .formatted(file, registers));
    }
  }

  private void heal(String sentence) {
    failing = false;
    tell(listener -> listener.healed(sentence));
  }

  private void tell(Consumer<HealthListener> news) {
    listeners.forEach(listener -> Committer.guarded(() -> news.accept(listener)));
  }
}

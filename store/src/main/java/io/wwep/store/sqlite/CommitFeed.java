package io.wwep.store.sqlite;

import io.wwep.store.Batch;
import io.wwep.store.CommitListener;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** The listeners who hear of each committed write. Commit thread only, but for {@link #add}. */
final class CommitFeed {

  private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();

  /** From any thread. */
  void add(CommitListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
  }

  /**
   * Tells of the writes of a batch that was applied.
   *
   * @param firstSequence number of the first of them
   * @return the number behind that of the last
   */
  long tell(Batch batch, long firstSequence, long timeMillis) {
    if (listeners.isEmpty()) {
      return firstSequence + batch.writeCount();
    }
    long sequence = firstSequence;
    for (int i = 0; i < batch.size(); i++) {
      if (batch.isWrite(i)) {
        tell(batch, i, sequence++, timeMillis);
      }
    }
    return sequence;
  }

  private void tell(Batch batch, int i, long sequence, long timeMillis) {
    int address = batch.address(i);
    int value = batch.value(i);
    for (CommitListener listener : listeners) {
      Committer.guarded(
          () -> listener.written(sequence, timeMillis, address, value, batch.origin()));
    }
  }
}

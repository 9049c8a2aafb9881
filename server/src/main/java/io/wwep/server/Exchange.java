package io.wwep.server;

import io.wwep.store.Batch;
import io.wwep.store.Completion;
import java.util.Arrays;

/**
 * What one read brought on one connection: the requests on their way through the store, and what
 * the console will want to know of them. Rejected frames are gaps in the batch whose tag is the
 * code's ordinal.
 *
 * <p>Pooled by {@link Loop}; a connection holds at most two, so an idle one holds none.
 */
final class Exchange extends Batch {

  private static final int CAPACITY_KEPT_MAX = 4096;

  /** Who sent the requests and gets the replies. */
  ExchangeOwner owner;

  /** Link in the list of finished exchanges, or in the pool. */
  Exchange next;

  /**
   * For each operation that the console will show: its bytes (a byte array), or the rejection; null
   * for the others. Null altogether while there are none.
   */
  private Object[] notes;

  private int noted;

  /** Frames that were rejected before they got to the store. */
  private int gaps;

  /** When the first of the requests was read, on the loop's clock. */
  long readNanos;

  /** How many of the requests the loop has counted as waiting. */
  private int counted;

  Exchange(Completion completion) {
    super(completion);
  }

  @Override
  public void addGap(int tag) {
    super.addGap(tag);
    gaps++;
  }

  /** Returns how many of the requests are reads. */
  int readCount() {
    return size() - writeCount() - gaps;
  }

  /** Keeps {@code note} with the operation that was added last. */
  void note(Object note) {
    int index = size() - 1;
    if (notes == null || index >= notes.length) {
      int capacity = Math.max(16, (index + 1) * 2);
      notes = notes == null ? new Object[capacity] : Arrays.copyOf(notes, capacity);
    }
    notes[index] = note;
    noted = index + 1;
  }

  /** Returns what was kept with operation {@code i}, or null. */
  Object noteOf(int i) {
    return i < noted ? notes[i] : null;
  }

  /** Returns how many requests have come since this was asked last. */
  int uncounted() {
    int more = size() - counted;
    counted = size();
    return more;
  }

  /** Forgets the requests and gives back what one unusually large read took. */
  void recycle() {
    if (noted > 0) {
      Arrays.fill(notes, 0, noted, null);
      noted = 0;
    }
    if (notes != null && notes.length > CAPACITY_KEPT_MAX) {
      notes = null;
    }
    trim(CAPACITY_KEPT_MAX);
    counted = 0;
    gaps = 0;
    owner = null;
  }
}

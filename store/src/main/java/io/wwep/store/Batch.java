package io.wwep.store;

import io.wwep.protocol.RegisterId;
import java.util.Arrays;

/**
 * Requests of one connection in their order, on their way through the store and back with results.
 *
 * <p>Besides reads and writes a batch holds <em>gaps</em>: places of requests that the store has no
 * part in, so that the replies keep the order of the requests. Instances are reused; a steady
 * stream of batches allocates nothing.
 *
 * <p>The writes of a batch are stored together or not at all, whatever fails. They may be made
 * conditional: {@link #expect} says what registers must be like, at the batch's place among all
 * others, for anything of it to be stored.
 *
 * <p>Not thread-safe: owned by the caller until {@link Store#execute}, by the store until {@link
 * Completion#completed}, and by the caller again.
 */
public class Batch {

  /** Result of a write that could not be made durable; see {@link #failure()}. */
  public static final int FAILED = -2;

  /** Result of a write of a batch whose expectations did not hold; see {@link #expect}. */
  public static final int CONFLICT = -3;

  /** Most expectations of one batch. */
  public static final int EXPECTATIONS_MAX = 1024;

  /** Why writes fail that come after {@link Store#close}. */
  public static final String CLOSED =
      "the server is shutting down: nothing was stored, write again when it is back";

  private static final int WRITE = 1 << 24;
  private static final int GAP = 1 << 25;
  private static final int NOT_STORED = 1 << 26;
  private static final int ADDRESS = WRITE - 1;
  private static final int INITIAL_CAPACITY = 16;

  private final Completion completion;
  private Origin origin;
  private String failure;
  private int[] operations = new int[INITIAL_CAPACITY];

  /** A write's value; after completion each operation's result. */
  private int[] values = new int[INITIAL_CAPACITY];

  private int size;
  private int writes;

  /** Result of each write that was not stored. */
  private int refusal;

  /** Null until the first; most batches never have any. */
  private Expectations expectations;

  /** Link in a {@link CommitQueue}. */
  Batch nextInQueue;

  /** How many batches hang at the link, this one included. */
  int lengthInQueue;

  /**
   * @param completion told when the batch is done
   */
  public Batch(Completion completion) {
    this.completion = completion;
  }

  /** Empties the batch for the requests of this origin. */
  public void start(Origin from) {
    origin = from;
    failure = null;
    size = 0;
    writes = 0;
    refusal = 0;
    if (expectations != null) {
      expectations.clear();
    }
  }

  /**
   * Makes the writes of this batch conditional: none is stored unless register {@code address}, 0
   * to 16,777,215, has {@code value}, 0 to 65,535, or was never written ({@link Store#ABSENT}).
   * That is looked at just before the batch's own first operation, and no other batch comes
   * between. With several calls all must hold. Where there is no write, nothing is looked at.
   *
   * @throws IllegalArgumentException when one of them is out of its range
   * @throws IllegalStateException when there are {@link #EXPECTATIONS_MAX} already
   */
  public void expect(int address, int value) {
    requireAddress(address);
    int expected = value == Store.ABSENT ? value : RegisterId.requireValue(value);
    if (expectations == null) {
      expectations = new Expectations();
    }
    expectations.add(address, expected);
  }

  /**
   * Appends a read of {@code address}, 0 to 16,777,215.
   *
   * @throws IllegalArgumentException when the address is out of its range
   */
  public void addRead(int address) {
    add(requireAddress(address), Store.ABSENT);
  }

  /**
   * Appends a write of {@code value}, 0 to 65,535, to {@code address}, 0 to 16,777,215.
   *
   * @throws IllegalArgumentException when one of them is out of its range
   */
  public void addWrite(int address, int value) {
    add(requireAddress(address) | WRITE, RegisterId.requireValue(value));
    writes++;
  }

  /** A wrong address must not get as far as the commit thread. */
  private static int requireAddress(int address) {
    if ((address & ~ADDRESS) != 0) {
      throw new IllegalArgumentException(
          "address must be 0 to %d (0x%X), not %d".formatted(ADDRESS, ADDRESS, address));
    }
    return address;
  }

  /**
   * Appends a gap, which the store passes over; {@link #value} returns {@code tag} before and
   * after.
   */
  public void addGap(int tag) {
    add(GAP, tag);
  }

  private void add(int operation, int value) {
    if (size == operations.length) {
      operations = Arrays.copyOf(operations, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    operations[size] = operation;
    values[size++] = value;
  }

  /** Returns the number of reads, writes and gaps. */
  public int size() {
    return size;
  }

  /** Returns the number of writes. */
  public int writeCount() {
    return writes;
  }

  /** Whether operation {@code i} is a write. */
  public boolean isWrite(int i) {
    return (operations[i] & WRITE) != 0;
  }

  /** Whether operation {@code i} is a gap. */
  public boolean isGap(int i) {
    return (operations[i] & GAP) != 0;
  }

  /** Returns the address that operation {@code i} reads or writes. */
  public int address(int i) {
    return operations[i] & ADDRESS;
  }

  /**
   * Returns, of a write, the value to store, and after completion the value stored, {@link #FAILED}
   * or {@link #CONFLICT}; of a completed read, the value or {@link Store#ABSENT}; of a gap, its
   * tag.
   */
  public int value(int i) {
    return (operations[i] & NOT_STORED) != 0 ? refusal : values[i];
  }

  /** Returns the value that write {@code i} was to store, whatever became of it. */
  public int requestedValue(int i) {
    return values[i];
  }

  /** Returns who sent the requests. */
  public Origin origin() {
    return origin;
  }

  /** Returns why the writes were not stored, as a sentence with its cure; null when they were. */
  public String failure() {
    return failure;
  }

  /** Whether the writes were not stored because what the batch expected did not hold. */
  public boolean isConflict() {
    return refusal == CONFLICT;
  }

  /** Returns the address of the first register that was not as expected; -1 without a conflict. */
  public int conflictAddress() {
    return isConflict() ? expectations.unmetAddress() : -1;
  }

  /**
   * Returns what that register had at the time, 0 to 65,535 or {@link Store#ABSENT}; {@link
   * Store#ABSENT} without a conflict.
   */
  public int conflictValue() {
    return isConflict() ? expectations.foundValue() : Store.ABSENT;
  }

  /** Returns whom an engine tells when the batch is done. */
  public Completion completion() {
    return completion;
  }

  /** Whether the batch expects something of registers. For engines. */
  public boolean isConditional() {
    return expectations != null && !expectations.isEmpty();
  }

  /**
   * Looks whether registers are as the batch expects; if not, its writes become conflicts and its
   * reads are answered from the table as it is, which completes the batch. For engines: before
   * anything of the batch is stored, and when the table has all that is committed before it.
   *
   * @return false when nothing of the batch may be stored
   */
  public boolean isAsExpected(RegisterTable table) {
    if (!isConditional() || expectations.hold(table)) {
      return true;
    }
    refuse(table, CONFLICT, expectations.sentence());
    return false;
  }

  /**
   * Completes the operations in their order, the writes too, which are durable by now. For engines.
   */
  public void apply(RegisterTable table) {
    for (int i = 0; i < size; i++) {
      int operation = operations[i];
      if ((operation & WRITE) != 0) {
        table.set(operation & ADDRESS, values[i]);
      } else if ((operation & GAP) == 0) {
        values[i] = table.get(operation);
      }
    }
  }

  /**
   * Fails the writes and answers the reads from the table as it is. For engines.
   *
   * @param reason a sentence for people that ends with the cure
   */
  public void fail(RegisterTable table, String reason) {
    refuse(table, FAILED, reason);
  }

  private void refuse(RegisterTable table, int result, String reason) {
    refusal = result;
    failure = reason;
    for (int i = 0; i < size; i++) {
      int operation = operations[i];
      if ((operation & WRITE) != 0) {
        operations[i] = operation | NOT_STORED;
      } else if ((operation & GAP) == 0) {
        values[i] = table.get(operation);
      }
    }
  }

  /** Returns the batch queued behind this one, or null, and cuts the link. For engines. */
  public Batch unlinkNext() {
    Batch next = nextInQueue;
    nextInQueue = null;
    return next;
  }

  /** Releases memory that one unusually large batch took. */
  public void trim(int capacityMax) {
    if (operations.length > capacityMax) {
      operations = new int[INITIAL_CAPACITY];
      values = new int[INITIAL_CAPACITY];
    }
  }
}

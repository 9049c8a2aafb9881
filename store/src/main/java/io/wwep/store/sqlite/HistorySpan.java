package io.wwep.store.sqlite;

/**
 * Which writes the history has. Those before the first one were pruned, if it is not number 1.
 *
 * @param firstNumber of the oldest write; of the next one where the history is empty
 * @param firstTimeMillis when that was committed, milliseconds since 1970; 0 where there is none
 * @param lastNumber of the newest write, {@code firstNumber - 1} where the history is empty
 * @param lastTimeMillis when that was committed; a clock that was set back makes it smaller than
 *     others
 */
public record HistorySpan(
    long firstNumber, long firstTimeMillis, long lastNumber, long lastTimeMillis) {

  /** Returns whether there is no write. */
  public boolean isEmpty() {
    return firstNumber > lastNumber;
  }

  /** Returns whether there were older writes, which are known no more. */
  public boolean isPruned() {
    return firstNumber > 1;
  }
}

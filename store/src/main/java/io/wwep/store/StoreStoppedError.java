package io.wwep.store;

/**
 * The thread that commits has come to an end by a fault. Nothing that was acknowledged is lost, but
 * the store takes no more writes: whoever runs it should end the process and start another. Given
 * to the thread's uncaught exception handler, before any caller hears of it.
 */
public final class StoreStoppedError extends Error {

  private static final long serialVersionUID = 1L;

  /**
   * @param cause what ended the thread
   */
  public StoreStoppedError(Throwable cause) {
    super("the store can commit no more: " + cause, cause);
  }
}

package io.wwep.store;

/**
 * What is on the disk is not what was written there. The message says what can be saved, and how.
 */
public final class DamagedDataException extends StoreException {

  private static final long serialVersionUID = 1L;

  public DamagedDataException(String message) {
    super(message);
  }

  public DamagedDataException(String message, Throwable cause) {
    super(message, cause);
  }
}

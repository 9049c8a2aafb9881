package io.wwep.server;

/**
 * The server cannot start, or not do what it was asked. The message is a sentence for people that
 * ends with the cure.
 */
public final class ServerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ServerException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.wwep.server;

/** The server cannot start. The message is a sentence for people that ends with the cure. */
public final class ServerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ServerException(String message, Throwable cause) {
    super(message, cause);
  }
}

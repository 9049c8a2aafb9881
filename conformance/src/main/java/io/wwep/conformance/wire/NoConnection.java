package io.wwep.conformance.wire;

import java.io.IOException;

/** A connection, or the TLS on it, did not come about. */
public final class NoConnection extends IOException {

  private static final long serialVersionUID = 1L;

  private final boolean tcp;

  NoConnection(String message, boolean tcp, IOException cause) {
    super(message, cause);
    this.tcp = tcp;
  }

  /** Whether not even TCP was connected. */
  public boolean isOfTcp() {
    return tcp;
  }
}

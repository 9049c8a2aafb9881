package io.wwep.server;

import io.wwep.server.access.Door;

/** Where reads only are taken; a write there is answered {@code X} ({@code denied}). */
public enum ReadOnly {
  /** Nowhere: everybody may write. */
  NONE,
  /** The plain port: who wants to write comes over TLS. */
  PLAIN,
  /** The TLS port. */
  TLS,
  /** Both ports and the console: the registers can be looked at. */
  ALL;

  boolean covers(Door door) {
    return switch (this) {
      case NONE -> false;
      case PLAIN -> door == Door.PLAIN;
      case TLS -> door == Door.TLS;
      case ALL -> true;
    };
  }
}

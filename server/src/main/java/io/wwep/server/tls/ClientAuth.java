package io.wwep.server.tls;

/** Whether clients are asked for a certificate of their own. */
public enum ClientAuth {
  /** They are not. */
  NONE,
  /** They are, and one that has none is let in without; one that is not accepted is refused. */
  OPTIONAL,
  /** They are, and who has none is refused. */
  REQUIRED
}

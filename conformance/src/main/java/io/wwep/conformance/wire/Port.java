package io.wwep.conformance.wire;

import java.util.Locale;

/** The two ports of a server. */
public enum Port {
  /** TCP as it is. */
  PLAIN,
  /** TCP with TLS around it. */
  TLS;

  /** Returns the name as people and programs read it: {@code plain} or {@code tls}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

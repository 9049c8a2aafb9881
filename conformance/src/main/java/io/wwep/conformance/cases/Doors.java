package io.wwep.conformance.cases;

import io.wwep.conformance.wire.Port;
import io.wwep.conformance.wire.Target;
import java.util.List;
import java.util.Locale;

/** Which ports a case goes through. */
public enum Doors {
  /** The plain port. */
  PLAIN,
  /** The TLS port. */
  TLS,
  /** Both, which are doors to the same registers. */
  BOTH;

  static Doors of(Port port) {
    return port == Port.TLS ? TLS : PLAIN;
  }

  /** Returns the ports, one or two. */
  public List<Port> ports() {
    return switch (this) {
      case PLAIN -> List.of(Port.PLAIN);
      case TLS -> List.of(Port.TLS);
      case BOTH -> List.of(Port.PLAIN, Port.TLS);
    };
  }

  /** Whether the server has these ports. */
  public boolean areServedBy(Target target) {
    return ports().stream().allMatch(target::serves);
  }

  /** Returns the name as people and programs read it: {@code plain}, {@code tls}, {@code both}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package io.wwep.conformance;

import io.wwep.conformance.cases.Doors;
import io.wwep.conformance.wire.Port;
import io.wwep.conformance.wire.Target;
import java.util.List;

/** The exercises of the lecture whose result is a server. */
public enum Exercise {
  /** A server without TLS, for one connection at a time. */
  PLAIN("04", "the plain server"),
  /** A server with TLS. */
  TLS("05", "the TLS server"),
  /** A server with both, and one database. */
  BOTH("07", "the server for both");

  private final String number;
  private final String words;

  Exercise(String number, String words) {
    this.number = number;
    this.words = words;
  }

  private List<Doors> doors() {
    return switch (this) {
      case PLAIN -> List.of(Doors.PLAIN);
      case TLS -> List.of(Doors.TLS);
      case BOTH -> List.of(Doors.values());
    };
  }

  /** Returns the number that the lecture gives it: {@code 04}. */
  public String number() {
    return number;
  }

  /** Returns what it is about, in a few words. */
  public String words() {
    return words;
  }

  /** Whether a case through these ports belongs to it. */
  public boolean has(Doors ports) {
    return doors().contains(ports);
  }

  /** Whether such a server has the port. */
  public boolean needs(Port port) {
    return doors().stream().anyMatch(each -> each.ports().contains(port));
  }

  /** Whether the server has all ports that it needs. */
  public boolean isAbout(Target target) {
    return doors().stream().allMatch(each -> each.areServedBy(target));
  }
}

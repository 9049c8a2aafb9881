package io.wwep.console.api;

import io.wwep.console.http.Problem;
import io.wwep.console.http.Role;
import io.wwep.console.http.Visitor;
import io.wwep.console.rest.Call;
import io.wwep.server.Desk;
import io.wwep.server.access.Decision;

/** What the access policy lets a visitor do with registers. Any thread. */
final class Permit {

  private final Desk desk;

  Permit(Desk desk) {
    this.desk = desk;
  }

  /**
   * Returns what the policy and {@code --read-only} say to a visitor who reads or writes a register
   * through the console.
   */
  Decision decide(Visitor visitor, boolean write, int address) {
    return desk.allowed(visitor.address(), write, address);
  }

  /** Whether the value of a register may be shown. */
  boolean mayRead(Visitor visitor, int address) {
    return decide(visitor, false, address).allowed();
  }

  /**
   * @throws io.wwep.console.http.ProblemException when the value of a register may not be shown
   */
  void requireReadable(Call call, int address) {
    Decision decision = decide(call.visitor(), false, address);
    if (!decision.allowed()) {
      throw Problem.denied(decision.reason()).exception();
    }
  }

  /** Returns why no register of a device may be written, with the cure; null where one may. */
  String whyReadOnly(Visitor visitor, int device) {
    if (visitor.role() != Role.EDITOR) {
      return "%s may not write here: log in with an editor's password or token"
          .formatted(visitor.role().somebody());
    }
    String why = null;
    for (int address = device << 8; address <= (device << 8 | 0xFF); address++) {
      Decision decision = decide(visitor, true, address);
      if (decision.allowed()) {
        return null;
      }
      why = why == null ? decision.reason() : why;
    }
    return why;
  }
}

package io.wwep.cli;

import io.wwep.server.WwepServer;
import io.wwep.server.access.Access;
import java.util.function.UnaryOperator;

/** The rules of access that hold on a running server; they come from several files. */
final class LiveRules {

  private final WwepServer server;
  private Access access;

  /**
   * @param access what holds now
   */
  LiveRules(WwepServer server, Access access) {
    this.server = server;
    this.access = access;
  }

  WwepServer server() {
    return server;
  }

  /** Returns what holds now. */
  synchronized Access access() {
    return access;
  }

  /**
   * Changes a part of the rules.
   *
   * @return whether they differ from those before
   * @throws io.wwep.server.ServerException when the server does not take them; those before hold
   */
  synchronized boolean change(UnaryOperator<Access> part) {
    Access next = part.apply(access);
    if (next.equals(access)) {
      return false;
    }
    server.obey(next);
    access = next;
    return true;
  }
}

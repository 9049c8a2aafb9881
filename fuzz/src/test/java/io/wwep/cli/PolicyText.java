package io.wwep.cli;

import io.wwep.certs.ClientCertificate;
import io.wwep.server.access.Access;
import io.wwep.server.access.AccessPolicy;
import io.wwep.server.access.Decision;
import io.wwep.server.access.Door;
import io.wwep.server.access.Requester;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

/**
 * A policy, as {@code wwep serve --policy FILE} takes it, without a server.
 *
 * <p>In the command line's package because the whole command would start one.
 */
public final class PolicyText {

  private static final List<Requester> REQUESTERS =
      List.of(
          new Requester(null, Door.PLAIN, null),
          new Requester(InetAddress.getLoopbackAddress(), Door.TLS, null),
          new Requester(
              InetAddress.getLoopbackAddress(), Door.TLS, ClientCertificate.supposed("0FAC")),
          new Requester(null, Door.TLS, ClientCertificate.supposed("teacher")));

  static {
    ConfigText.quietToml();
  }

  private PolicyText() {}

  /** Returns what is wrong with the file, as the person who wrote it is told; null when nothing. */
  public static String problem(Path file) {
    AccessPolicy policy;
    try {
      policy = PolicyFile.read(file);
    } catch (CliException e) {
      return e.getMessage();
    }
    for (Requester each : REQUESTERS) {
      for (boolean write : new boolean[] {false, true}) {
        require(Access.granting(policy, false).decide(each, write, 0x0FAC05), policy);
      }
    }
    return null;
  }

  /** What is allowed is so by a line that is a grant's, and an empty policy allows nothing. */
  private static void require(Decision decision, AccessPolicy policy) {
    boolean granted =
        policy.grants().stream()
            .anyMatch(each -> Integer.valueOf(each.line()).equals(decision.line()));
    if (decision.allowed() != granted || decision.reason().isBlank()) {
      throw new AssertionError("decided by no line: " + decision);
    }
  }
}

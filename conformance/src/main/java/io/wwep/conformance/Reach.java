package io.wwep.conformance;

import io.wwep.client.WwepClient;
import io.wwep.client.WwepException;
import io.wwep.conformance.wire.Port;
import io.wwep.conformance.wire.Target;
import io.wwep.conformance.wire.Wires;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Looks whether a server is there at all, before it is judged, by a read as boards send it: a
 * client without a word would be the end of some.
 */
final class Reach {

  private static final String QUESTION = "R06AB0B";

  private Reach() {}

  /**
   * @throws WwepException when a port takes no connection, or shows a certificate that is not
   *     trusted; the sentence names the cure
   */
  static void require(Target target) {
    for (Port port : Port.values()) {
      if (target.serves(port)) {
        require(target, port);
      }
    }
  }

  private static void require(Target target, Port port) {
    try {
      ask(target, port);
    } catch (WwepException.NotTrusted | WwepException.NotAdmitted distrust) {
      throw distrust;
    } catch (WwepException failed) {
      // What is wrong behind an open port is for the cases to say.
      if (!isOpen(target, port)) {
        throw failed;
      }
    }
  }

  private static boolean isOpen(Target target, Port port) {
    try {
      new Wires(target).clear(port).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void ask(Target target, Port port) {
    var builder =
        WwepClient.builder(target.host()).port(target.number(port)).replyTimeout(target.patience());
    if (port == Port.TLS) {
      builder.tls(target.trust());
    }
    try (WwepClient client = builder.build()) {
      client.exchange(QUESTION.getBytes(StandardCharsets.US_ASCII), 1);
    }
  }
}

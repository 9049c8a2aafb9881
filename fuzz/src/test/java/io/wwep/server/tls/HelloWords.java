package io.wwep.server.tls;

import java.util.List;
import java.util.stream.Stream;

/**
 * All that the server concludes from a ClientHello.
 *
 * <p>In the server's package because people see it only when a handshake fails.
 */
public final class HelloWords {

  private HelloWords() {}

  /** Returns every sentence and every choice that a hello leads to. */
  public static List<String> of(ClientHello hello) {
    Stream<Object> choices =
        Stream.of(
            hello.canTakeEc(),
            hello.offersServedSuite(),
            hello.highestVersion(),
            String.valueOf(hello.unsetClock()),
            hello.versionWords(),
            hello.suiteWords(),
            hello.groupWords());
    Stream<String> explanations =
        Stream.of(0, 40, 42, 48, 70, 71, 112)
            .map(alert -> TlsDiagnosis.explain(new java.io.IOException("closed"), hello, alert));
    return Stream.concat(choices.map(String::valueOf), explanations).toList();
  }
}

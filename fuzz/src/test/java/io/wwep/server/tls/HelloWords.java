package io.wwep.server.tls;

import io.wwep.certs.Identities;
import io.wwep.certs.Identity;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.Validity;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * All that the server concludes from a ClientHello.
 *
 * <p>In the server's package because people see it only when a handshake fails.
 */
public final class HelloWords {

  private static final Identity SHOWN =
      Identities.selfSigned(
          KeyAlgorithm.EC_P256,
          "wwep.lab",
          List.of("wwep.lab", "*.wwep.lab", "192.168.1.7"),
          Validity.starting(Clock.systemUTC(), Period.ofDays(30)));

  private HelloWords() {}

  /** Returns every sentence and every choice that a hello leads to. */
  public static List<String> of(ClientHello hello) {
    Stream<Object> choices =
        Stream.of(
            hello.canTakeEc(),
            hello.highestVersion(),
            String.valueOf(hello.unsetClock()),
            hello.versionWords(),
            hello.suiteWords(),
            hello.groupWords(),
            hello.signatureWords());
    Stream<String> explanations =
        Arrays.stream(TlsProfile.values()).flatMap(profile -> explanations(hello, profile));
    return Stream.concat(choices.map(String::valueOf), explanations).toList();
  }

  private static Stream<String> explanations(ClientHello hello, TlsProfile profile) {
    TlsSettings settings = new TlsSettings(profile, ClientTerms.NONE);
    TlsDiagnosis diagnosis =
        new TlsDiagnosis(
            hello, new ServerSide(settings, SHOWN, true, InetAddress.getLoopbackAddress()));
    return Stream.concat(
        Stream.of(String.valueOf(profile.admits(hello)), diagnosis.explainClose(true)),
        Stream.of("UNSUPPORTED_PROTOCOL", "NO_SHARED_CIPHER", "BAD_PACKET_LENGTH", "the moon")
            .map(words -> diagnosis.explain(new SSLException(words), 42)));
  }
}

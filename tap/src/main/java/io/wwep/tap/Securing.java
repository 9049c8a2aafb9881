package io.wwep.tap;

import io.wwep.tap.change.Fault;
import io.wwep.tap.change.FaultKind;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocket;

/** Has a board believe that the tap is its server, as far as it lets itself be told. Used once. */
final class Securing {

  private final Tap tap;
  private final Session session;
  private final Socket accepted;
  private final Set<FaultKind> faults;

  Securing(Tap tap, Session session, Socket accepted) {
    this.tap = tap;
    this.session = session;
    this.accepted = accepted;
    faults = tap.plan().certificate(accepted.getInetAddress());
  }

  /**
   * Does the handshake with the board, with the faults that are for it.
   *
   * @throws Handshaking.Failed when there is no TLS with it
   * @throws io.wwep.client.WwepException when the server's certificate cannot be looked at
   */
  Wire run() throws Handshaking.Failed {
    InetAddress address = accepted.getInetAddress();
    tap.learn(session.id());
    Optional<Fault> slow = tap.plan().slowHandshake(address);
    Handshaking handshaking = new Handshaking(accepted, tap.timer(), refusal());
    if (slow.isPresent()) {
      session
          .reporter()
          .fault(slow.get().toString(), "the board's ClientHello is left unanswered for that long");
      handshaking.delay(slow.get().time(), session::isOver);
    }
    for (FaultKind each : faults) {
      session.reporter().fault(each.word(), "the board is shown such a certificate");
    }
    SSLSocket tls = handshaking.run(tap.impostor().context(faults));
    session
        .reporter()
        .secured(
            Side.BOARD,
            tls.getSession().getProtocol(),
            tls.getSession().getCipherSuite(),
            isOfUnknownCa()
                ? "the board took a certificate of a CA that nobody knows: it does not verify, and all that it sends can be read and altered"
                : "the board took the tap's certificate");
    return new Wire(accepted, tls);
  }

  private boolean isOfUnknownCa() {
    return tap.config().tls().authority() == null || faults.contains(FaultKind.UNKNOWN_CA);
  }

  /**
   * Returns what it means that the board refuses its certificate, where that is more than the alert
   * says; null otherwise.
   */
  private String refusal() {
    if (isOfUnknownCa()) {
      return null;
    }
    return faults.isEmpty()
        ? "the board verifies, and refuses a certificate of the CA that was given: load that CA into it as its root"
        : "the board verifies, and refuses the certificate, as it should, which is %s"
            .formatted(String.join(" and ", faults.stream().map(FaultKind::word).toList()));
  }
}

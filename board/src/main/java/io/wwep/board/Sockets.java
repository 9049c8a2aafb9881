package io.wwep.board;

import io.wwep.client.RawExchange;
import io.wwep.client.WwepClient;
import io.wwep.client.WwepException;
import io.wwep.protocol.Reply;
import io.wwep.protocol.WireText;
import java.time.Duration;
import java.util.Optional;

/** A board's sockets, one for each message. Owned by the board's thread, except {@link #close}. */
final class Sockets {

  private final WwepClient plain;
  private final TlsSide tls;
  private final Carrier carrier;

  Sockets(WwepClient plain, TlsSide tls, Carrier carrier) {
    this.plain = plain;
    this.tls = tls;
    this.carrier = carrier;
  }

  String plainEndpoint() {
    return plain.endpoint();
  }

  Transmission send(boolean overTls, byte[] message, Judge judge) {
    WwepClient client = overTls ? tls.client() : plain;
    if (client == null) {
      return nothingSent(
          overTls,
          Verdict.NOT_TRUSTED,
          "not sent: button 1 uses TLS and must know which server to trust: start with --ca FILE,"
              + " --pin SHA256, or --insecure to trust any");
    }
    try {
      RawExchange exchange = carrier.exchange(client, message, judge.replies());
      exchange.tls().ifPresent(tls::shown);
      return transmission(overTls, exchange, judge);
    } catch (WwepException e) {
      tls.shown(e);
      return nothingSent(overTls, verdict(e), e.getMessage());
    } catch (IllegalStateException closed) {
      return nothingSent(
          overTls, Verdict.UNREACHABLE, "not sent: the board is switched off, start another one");
    }
  }

  private static Transmission transmission(boolean overTls, RawExchange exchange, Judge judge) {
    return new Transmission(
        overTls,
        WireText.show(exchange.sent()),
        exchange.receivedText(),
        judge.answer(exchange),
        Judge.rejection(exchange).map(Reply.Rejected::explanation).orElse(""),
        judge.judge(exchange),
        exchange.elapsed(),
        Optional.of(
            new Contact(
                exchange.local().getAddress(),
                exchange.peer(),
                exchange.connecting(),
                exchange.tls())));
  }

  private static Transmission nothingSent(boolean overTls, Verdict verdict, String meaning) {
    return new Transmission(
        overTls,
        "",
        "",
        Answer.NONE,
        "",
        new Judgement(verdict, meaning),
        Duration.ZERO,
        Optional.empty());
  }

  private static Verdict verdict(WwepException failure) {
    if (failure instanceof WwepException.NotTrusted
        || failure instanceof WwepException.NotAdmitted) {
      return Verdict.NOT_TRUSTED;
    }
    return failure instanceof WwepException.NotWwep ? Verdict.WRONG_REPLY : Verdict.UNREACHABLE;
  }

  void close() {
    plain.close();
    tls.close();
  }
}

package io.wwep.client;

import io.wwep.protocol.Reply;
import java.time.Duration;

/** The sentences for requests that a connection did not bring to an answer. */
final class Failures {

  private final Endpoint endpoint;
  private final Settings settings;

  Failures(Settings settings) {
    this.settings = settings;
    endpoint = settings.endpoint();
  }

  WwepException timedOut(Pending pending) {
    String message =
        "%s did not answer %s within %s: is it a WWEP server, and is it busy? A longer reply timeout"
                .formatted(endpoint, pending, Limits.show(settings.replyTimeout()))
            + " helps a slow one";
    return new WwepException.TimedOut(withFate(pending, message), pending.isWrite());
  }

  /** The connection ended, by whatever cause, with this request handed to it and unanswered. */
  WwepException broken(Pending pending, Ending ending) {
    if (!pending.isWrite()) {
      return new WwepException.Unreachable(
          "%s closed the connection without answering %s%s"
              .formatted(endpoint, pending, why(ending, "its log says why")),
          ending.cause());
    }
    String suspicion = ending.suspicion() == null ? ":" : ", " + ending.suspicion() + ";";
    return new WwepException.OutcomeUnknown(
        "the connection to %s broke before %s was answered%s %s"
            .formatted(endpoint, pending, suspicion, unknown()),
        ending.cause());
  }

  WwepException notWwep(Pending pending, String shown) {
    String message =
        "%s answered %s with '%s', which no WWEP server sends: check host and port"
            .formatted(endpoint, pending, shown);
    return new WwepException.NotWwep(withFate(pending, message), null, pending.isWrite());
  }

  WwepException wrongReply(Pending pending, Reply.Accepted reply) {
    String message =
        "%s answered %s with A%s%04X, which belongs to another request: the server mixes up replies,"
                .formatted(endpoint, pending, reply.id(), reply.value())
            + " check which one runs there";
    return new WwepException.NotWwep(withFate(pending, message), null, pending.isWrite());
  }

  WwepException neverSent(Ending ending) {
    return new WwepException.Unreachable(
        "%s closed each connection before a request could be sent%s"
            .formatted(endpoint, why(ending, "is it at a limit? Try later")),
        ending.cause());
  }

  /** Returns what may be behind an end, as the end of a sentence. */
  private static String why(Ending ending, String otherwise) {
    return ending.suspicion() == null ? ": " + otherwise : ", " + ending.suspicion();
  }

  WwepException clientClosed(Pending pending, boolean sent) {
    return clientClosed(pending.toString(), sent && pending.isWrite());
  }

  WwepException clientClosed(String what, boolean mayBeStored) {
    String message =
        "the client for %s was closed before %s was answered: ".formatted(endpoint, what);
    return mayBeStored
        ? new WwepException.OutcomeUnknown(message + unknown(), null)
        : new WwepException.Unreachable(message + "close it after the last outcome", null);
  }

  IllegalStateException alreadyClosed() {
    return new IllegalStateException(
        "the client for %s is closed: build another one".formatted(endpoint));
  }

  WwepException noRoom(String what, Duration waited) {
    return new WwepException.TimedOut(
        "%s was not sent to %s within %s, because up to %,d others are in front of it: submit fewer"
                .formatted(what, endpoint, Limits.show(waited), settings.inFlightMax())
            + " at a time",
        false);
  }

  WwepException interrupted(String what, boolean mayBeStored) {
    String message =
        "the wait for the answer of %s to %s was interrupted: ".formatted(endpoint, what);
    return mayBeStored
        ? new WwepException.OutcomeUnknown(message + unknown(), null)
        : new WwepException.TimedOut(message + "ask again", false);
  }

  /** The caller's thread was interrupted while the request was in the caller's hands alone. */
  WwepException interruptedUnsent(String what) {
    return new WwepException.TimedOut(
        "%s was not sent to %s, because the calling thread was interrupted before: submit it again"
            .formatted(what, endpoint),
        false);
  }

  /** Adds what may have become of a write: whatever came back, the write was sent. */
  private static String withFate(Pending sent, String message) {
    return sent.isWrite() ? message + "; " + unknown() : message;
  }

  private static String unknown() {
    return "the value may be stored or not, so read the register before writing again";
  }
}

package io.wwep.tap.decode;

import io.wwep.protocol.FrameParser;
import io.wwep.protocol.FrameSink;
import io.wwep.protocol.Neighbors;
import io.wwep.protocol.OtherProtocols;
import io.wwep.protocol.RegisterId;
import io.wwep.protocol.RejectCode;
import io.wwep.protocol.Rejection;
import io.wwep.protocol.Reply;
import io.wwep.protocol.ReplyParser;
import io.wwep.protocol.ShownFrame;
import io.wwep.protocol.WireText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a board and a server say to each other on one connection: requests as the server will see
 * them, and replies with the requests that they answer.
 *
 * <p>Each direction is fed by a thread of its own; methods take turns.
 */
public final class Conversation {

  /** Requests that wait for a reply: those beyond are replied to without being named. */
  private static final int ASKED_MAX = 4_096;

  /** A pause inside a frame makes it illegal, as a server without options has it. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

  private static final Neighbors UNKNOWN = new Neighbors(-1, -1, null);

  private final boolean secure;
  private final FrameParser requests;
  private final ReplyParser replies = new ReplyParser(this::reply);
  private final ArrayDeque<Asked> asked = new ArrayDeque<>();
  private List<Message> found = new ArrayList<>();
  private TlsRecords boardRecords;
  private TlsRecords serverRecords;
  private boolean begun;
  private boolean requestsOver;
  private boolean repliesOver;
  private long now;
  private long boardNanos;
  private int device = Message.NONE;

  /**
   * @param secure whether the bytes were in TLS, and are seen decrypted
   */
  public Conversation(boolean secure) {
    this.secure = secure;
    requests = new FrameParser(secure, new Requests());
  }

  /** A request that has no reply yet, as the board sent it and as the server got it. */
  private static final class Asked {
    private final Message message;
    private final long nanos;
    private String forwarded;

    Asked(Message message, long nanos) {
      this.message = message;
      this.nanos = nanos;
      forwarded = message.text();
    }
  }

  /**
   * Takes one read from the board.
   *
   * @param nanos when, by {@link System#nanoTime}
   * @return the messages that end in it, in their order
   */
  public synchronized List<Message> fromBoard(byte[] bytes, int length, long nanos) {
    begin(nanos);
    if (!begun && !secure && OtherProtocols.startsTls(bytes, 0, length)) {
      boardRecords = new TlsRecords();
      serverRecords = new TlsRecords();
    }
    begun = true;
    if (boardRecords != null) {
      boardRecords.read(bytes, length, found);
      return found;
    }
    if (requests.inFrame() && nanos - boardNanos > PAUSE_NANOS) {
      requests.pause();
    }
    boardNanos = nanos;
    if (!requestsOver) {
      requestsOver = !requests.parse(bytes, 0, length);
    }
    return found;
  }

  /** Takes the end of the board's side; returns the message that stays without its end, if any. */
  public synchronized List<Message> boardEnded(long nanos) {
    begin(nanos);
    requests.end();
    return found;
  }

  /** Takes one read from the server; returns the messages that end in it, in their order. */
  public synchronized List<Message> fromServer(byte[] bytes, int length, long nanos) {
    begin(nanos);
    begun = true;
    if (serverRecords != null) {
      serverRecords.read(bytes, length, found);
      return found;
    }
    if (!repliesOver && !replies.parse(bytes, 0, length)) {
      repliesOver = true;
      found.add(
          Message.of(
              Message.Kind.FOREIGN,
              "",
              "no WWEP server sends this: look whether the target is one"));
    }
    return found;
  }

  /** Says that a request goes to the server as another one. */
  public synchronized void altered(String sent, String forwarded) {
    for (Asked each : asked) {
      if (each.forwarded.equals(sent) && each.message.text().equals(sent)) {
        each.forwarded = forwarded;
        return;
      }
    }
  }

  /** Returns the device of the newest request that named one, or {@link Message#NONE}. */
  public synchronized int device() {
    return device;
  }

  private void begin(long nanos) {
    now = nanos;
    found = new ArrayList<>();
  }

  private void ask(Message message) {
    found.add(message);
    device = message.device() == Message.NONE ? device : message.device();
    if (asked.size() < ASKED_MAX) {
      asked.add(new Asked(message, now));
    }
  }

  private final class Requests implements FrameSink {

    @Override
    public void read(int address) {
      RegisterId id = RegisterId.ofAddress(address);
      ask(legal(Message.Kind.READ, "read " + place(id), id, Message.NONE));
    }

    @Override
    public void write(int address, int value) {
      RegisterId id = RegisterId.ofAddress(address);
      String words = "write %04X to %s".formatted(value, place(id));
      ask(legal(Message.Kind.WRITE, words, id, value));
    }

    private Message legal(Message.Kind kind, String words, RegisterId id, int value) {
      return new Message(
          kind,
          WireText.show(requests.received()),
          words,
          id.device(),
          id.register(),
          value,
          null,
          null,
          Message.NONE);
    }

    @Override
    public void reject(RejectCode code) {
      Rejection why = requests.rejection(UNKNOWN);
      ask(
          new Message(
              Message.Kind.ILLEGAL,
              why.received(),
              code == RejectCode.HTTP ? "an HTTP request, and no WWEP" : why.sentence(),
              ShownFrame.device(why.received()),
              ShownFrame.register(why.received()),
              Message.NONE,
              code.word(),
              null,
              Message.NONE));
    }

    @Override
    public void emptyLine() {
      found.add(
          Message.of(
              Message.Kind.EMPTY_LINE, "", "an empty line: the server keeps the connection open"));
    }
  }

  private static String place(RegisterId id) {
    return "register %02X of device %04X".formatted(id.register(), id.device());
  }

  private void reply(Reply reply) {
    Asked request = asked.poll();
    String sent = request == null ? null : request.message.text();
    long nanos = request == null ? Message.NONE : now - request.nanos;
    if (reply instanceof Reply.Accepted accepted) {
      RegisterId id = accepted.id();
      String text = "A%s%04X".formatted(id, accepted.value());
      found.add(
          new Message(
              Message.Kind.ACCEPTED,
              text,
              accepted(request, text),
              id.device(),
              id.register(),
              accepted.value(),
              null,
              sent,
              nanos));
    } else {
      String explanation = ((Reply.Rejected) reply).explanation();
      found.add(
          new Message(
              Message.Kind.REJECTED,
              explanation.isEmpty() ? "X" : "X " + explanation,
              rejected(request),
              request == null ? device : request.message.device(),
              request == null ? Message.NONE : request.message.register(),
              Message.NONE,
              explanation.isEmpty() ? null : explanation,
              sent,
              nanos));
    }
  }

  private static String accepted(Asked request, String reply) {
    if (request == null) {
      return "an answer, and nothing was asked";
    }
    String own = request.forwarded;
    boolean fits =
        request.message.kind() != Message.Kind.ILLEGAL
            && reply.regionMatches(true, 1, own, 1, own.length() - 1);
    if (!fits) {
      return "this does not answer " + own;
    }
    return request.message.kind() == Message.Kind.WRITE
        ? "stored"
        : "it holds " + reply.substring(reply.length() - 4);
  }

  private static String rejected(Asked request) {
    if (request == null) {
      return "refused before anything was asked, as by a server at its limit";
    }
    return switch (request.message.kind()) {
      case ILLEGAL -> "refused: " + request.message.code();
      case READ -> "refused: nobody has written that register yet, or it may not be read";
      default -> "refused though it is legal: the server's console says why";
    };
  }
}

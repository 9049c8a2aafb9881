package io.wwep.fuzz.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What PROTOCOL.md says about a whole connection: replies, what is stored, and when the server ends
 * its side ("How long a connection lives"). Built upon {@link FrameModel}, and as plain.
 */
public final class ConnectionModel {

  /** The frame timeout. */
  public static final int FRAME_MILLIS = 150;

  /** How long a connection stays open behind its first reply. */
  public static final int LINGER_MILLIS = 250;

  /** How long a connection may send nothing; shorter than a server's, for a fuzzer's patience. */
  public static final int FIRST_BYTE_MILLIS = 1_050;

  /** How long a session may be idle; shorter than a server's. */
  public static final int IDLE_MILLIS = 3_050;

  /**
   * How the server was started.
   *
   * @param secure whether the connection came in on the TLS port
   * @param watched whether somebody looks at the console
   */
  public record Options(
      boolean oneShot, boolean explain, boolean readOnly, boolean secure, boolean watched) {

    /** Takes each option from one bit; {@code '@'} is a server started without any. */
    public static Options of(int bits) {
      return new Options(
          (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0, (bits & 16) != 0);
    }
  }

  private final Options options;
  private final FrameModel frames;
  private final Map<String, String> registers = new HashMap<>();
  private final List<String> written = new ArrayList<>();
  private final StringBuilder replies = new StringBuilder();

  /** Length of the replies when commits began to be held up, or -1 while they are not. */
  private int heldAt = -1;

  private int replyCount;
  private boolean session;
  private boolean ended;

  private long now;
  private long lastByteAt;
  private long firstReplyAt;

  public ConnectionModel(Options options) {
    this.options = options;
    frames = new FrameModel(options.secure);
  }

  /** Returns all that the peer has been sent. */
  public String replies() {
    return isHeld() ? replies.substring(0, heldAt) : replies.toString();
  }

  /** Whether the server has ended its side, after the last reply. */
  public boolean hasEnded() {
    return ended && !isHeld();
  }

  /** Whether replies wait for commits. */
  private boolean isHeld() {
    return heldAt >= 0 && heldAt < replies.length();
  }

  /** Returns what was stored, in order, as in {@code 0FAC0B=1234}. */
  public List<String> written() {
    return written;
  }

  /** The next thing that happens. */
  public void take(Event event) {
    if (event instanceof Event.Read read) {
      read(read.bytes());
    } else if (event instanceof Event.Pause pause) {
      release();
      pauseUntil(now + (long) pause.steps() * Event.PAUSE_STEP_MILLIS);
    } else if (event instanceof Event.Hold) {
      heldAt = heldAt < 0 ? replies.length() : heldAt;
    } else if (event instanceof Event.Release) {
      release();
    } else if (event instanceof Event.HalfClose) {
      endInput();
    } else {
      abort();
    }
  }

  private void release() {
    heldAt = -1;
  }

  private void read(String bytes) {
    if (!ended && !bytes.isEmpty()) {
      lastByteAt = now;
      answer(frames.read(bytes));
      ended |= frames.isClosed();
    }
  }

  private void endInput() {
    if (!ended) {
      answer(frames.stop());
      ended = true;
    }
  }

  /** What was taken is stored; nobody is left to be told. */
  private void abort() {
    int sent = replies().length();
    endInput();
    replies.setLength(sent);
    release();
  }

  private void pauseUntil(long until) {
    if (!ended && dueAt() <= until) {
      now = dueAt();
      endInput();
    }
    now = until;
  }

  private long dueAt() {
    if (frames.missing() > 0) {
      return lastByteAt + FRAME_MILLIS;
    }
    if (session) {
      return lastByteAt + IDLE_MILLIS;
    }
    return replyCount > 0 ? firstReplyAt + LINGER_MILLIS : FIRST_BYTE_MILLIS;
  }

  private void answer(List<FrameModel.Found> all) {
    for (FrameModel.Found each : all) {
      if (ended) {
        return;
      }
      if (each.what().equals("empty line")) {
        session = true;
      } else {
        reply(each);
      }
    }
  }

  private void reply(FrameModel.Found found) {
    replies.append(replyTo(found));
    firstReplyAt = replyCount++ == 0 ? now : firstReplyAt;
    session |= replyCount > 1;
    ended |= options.oneShot;
  }

  private String replyTo(FrameModel.Found found) {
    String[] words = found.what().split(" ", -1);
    if (words[0].equals("reject")) {
      return rejected(words[1]);
    }
    if (words[0].equals("write")) {
      if (options.readOnly) {
        return rejected("denied");
      }
      registers.put(words[1], words[2]);
      written.add(words[1] + "=" + words[2]);
    }
    String value = registers.get(words[1]);
    return value == null ? rejected("not-written") : "A" + words[1] + value;
  }

  private String rejected(String code) {
    return options.explain ? "%-11s".formatted("X " + code) : "X";
  }
}

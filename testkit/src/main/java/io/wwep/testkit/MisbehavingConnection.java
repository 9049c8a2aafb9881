package io.wwep.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** One connection of a {@link MisbehavingServer}, on a thread of its own. */
final class MisbehavingConnection {

  private static final Pattern FRAME = Pattern.compile("R[0-9A-Fa-f]{6}|W[0-9A-Fa-f]{10}");
  private static final int FRAME_TIMEOUT_MILLIS = 150;
  private static final int LINE_END_R = '\r';
  private static final int LINE_END_N = '\n';

  private final MisbehavingServer server;
  private final Socket tcp;
  private final Socket top;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private InputStream input;
  private int heldReplies;
  private int requests;

  MisbehavingConnection(MisbehavingServer server, Socket tcp, Socket top) {
    this.server = server;
    this.tcp = tcp;
    this.top = top;
  }

  void run() throws IOException, InterruptedException {
    Misbehavior atStart = server.misbehavior();
    if (atStart instanceof Misbehavior.NeverReads
        || atStart instanceof Misbehavior.StallsHandshake) {
      waitForEnd();
    } else if (atStart instanceof Misbehavior.SpeaksNoTls foreign) {
      tcp.getOutputStream().write(ascii(foreign.words()));
      if (foreign.closes()) {
        tcp.shutdownOutput();
        drain();
      } else {
        waitForEnd();
      }
    } else if (atStart instanceof Misbehavior.TurnsAway) {
      top.getOutputStream().write(ascii("X"));
      finish();
    } else {
      serve();
    }
  }

  private void serve() throws IOException, InterruptedException {
    input = new BufferedInputStream(top.getInputStream());
    for (String frame = next(); frame != null; frame = next()) {
      requests++;
      server.came(frame);
      if (server.misbehavior() instanceof Misbehavior.Says says) {
        send(says.words());
        continue;
      }
      if (!FRAME.matcher(frame).matches()) {
        send("X");
        break;
      }
      if (!answer(frame, server.misbehavior())) {
        break;
      }
    }
    finish();
  }

  /** Returns the next frame, or its beginning where it stops or a byte does not fit; or null. */
  private String next() throws IOException {
    StringBuilder frame = new StringBuilder();
    top.setSoTimeout(lingerMillis());
    try {
      for (int b = input.read(); b >= 0; b = input.read()) {
        if (frame.isEmpty() && (b == LINE_END_R || b == LINE_END_N)) {
          continue;
        }
        frame.append((char) b);
        if (isComplete(frame)) {
          return frame.toString();
        }
        top.setSoTimeout(FRAME_TIMEOUT_MILLIS);
      }
    } catch (SocketTimeoutException e) {
      return frame.isEmpty() ? null : frame.toString();
    }
    return frame.isEmpty() ? null : frame.toString();
  }

  /** Returns the read timeout: after the first reply only, 0 being none. */
  private int lingerMillis() {
    return requests == 1 && server.misbehavior() instanceof Misbehavior.Lingers lingers
        ? lingers.lingerMillis()
        : 0;
  }

  private static boolean isComplete(CharSequence frame) {
    int length = frame.length();
    char last = frame.charAt(length - 1);
    boolean fits = length == 1 ? last == 'R' || last == 'W' : isDigit(last);
    return !fits || length == (frame.charAt(0) == 'R' ? 7 : 11);
  }

  private static boolean isDigit(char c) {
    return Character.digit(c, 16) >= 0;
  }

  /** Returns whether the connection goes on. */
  private boolean answer(String frame, Misbehavior how) throws IOException, InterruptedException {
    if (how instanceof Misbehavior.ClosesBeforeReply closes) {
      return leave(frame, closes.stored());
    }
    if (how instanceof Misbehavior.DropsAtRequest drops && drops.request() == requests) {
      return leave(frame, drops.stored());
    }
    if (how instanceof Misbehavior.Resets) {
      tcp.setSoLinger(true, 0);
      tcp.close();
      return false;
    }
    if (how instanceof Misbehavior.NeverAnswers) {
      return true;
    }
    if (how instanceof Misbehavior.AnswersHttp) {
      send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      return false;
    }
    if (how instanceof Misbehavior.AnswersX) {
      send("X");
      return true;
    }
    return reply(apply(frame), how);
  }

  private boolean leave(String frame, boolean stored) {
    if (stored) {
      apply(frame);
    }
    return false;
  }

  private boolean reply(String reply, Misbehavior how) throws IOException, InterruptedException {
    if (how instanceof Misbehavior.AnswersForWrongRegister && reply.length() > 1) {
      int next = (Integer.parseInt(reply.substring(5, 7), 16) + 1) & 0xFF;
      send("%s%02X%s".formatted(reply.substring(0, 5), next, reply.substring(7)));
    } else if (how instanceof Misbehavior.ClosesMidReply closes) {
      send(reply.substring(0, Math.min(closes.bytes(), reply.length())));
      return false;
    } else if (how instanceof Misbehavior.AnswersLate late) {
      Thread.sleep(late.delayMillis());
      send(reply);
    } else if (how instanceof Misbehavior.Trickles trickles) {
      trickle(reply, trickles.pauseMillis());
    } else if (how instanceof Misbehavior.JoinsReplies joins) {
      hold(reply, joins.replies());
    } else {
      send(reply);
    }
    return !(how instanceof Misbehavior.ClosesAfterReply);
  }

  /** Does what a correct server does, and returns its reply. */
  private String apply(String frame) {
    String upper = frame.toUpperCase(Locale.ROOT);
    String register = upper.substring(1, 7);
    if (frame.charAt(0) == 'W') {
      server.store(register, upper.substring(7));
      return "A" + upper.substring(1);
    }
    return server.stored(register).map(value -> "A" + register + value).orElse("X");
  }

  private void trickle(String reply, int pauseMillis) throws IOException, InterruptedException {
    for (int i = 0; i < reply.length(); i++) {
      Thread.sleep(i == 0 ? 0 : pauseMillis);
      send(reply.substring(i, i + 1));
    }
  }

  private void hold(String reply, int together) throws IOException {
    held.writeBytes(ascii(reply));
    if (++heldReplies == together || input.available() == 0) {
      top.getOutputStream().write(held.toByteArray());
      held.reset();
      heldReplies = 0;
    }
  }

  private void send(String text) throws IOException {
    OutputStream output = top.getOutputStream();
    output.write(ascii(text));
    output.flush();
  }

  /** Closes in order: what was sent arrives, and no reset chases it because input was unread. */
  private void finish() throws IOException {
    if (!tcp.isClosed()) {
      if (top == tcp) {
        tcp.shutdownOutput();
      } else {
        top.shutdownOutput();
        tcp.shutdownOutput();
      }
      drain();
    }
  }

  private void drain() throws IOException {
    tcp.setSoTimeout(2_000);
    byte[] rest = new byte[1_024];
    InputStream unread = tcp.getInputStream();
    int length = unread.read(rest);
    while (length >= 0) {
      length = unread.read(rest);
    }
  }

  private void waitForEnd() throws InterruptedException {
    while (!tcp.isClosed()) {
      Thread.sleep(20);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

package io.wwep.conformance.wire;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * One bare connection to the server under test. A char of the texts stands for a byte; each {@link
 * #send} is a segment, or a TLS record, of its own. What does not come as expected is a {@link
 * Mismatch}. For one thread, but {@link #send} and reading may be in two.
 */
public final class Wire implements AutoCloseable {

  /** For the two looks at what a silent server waits for. */
  private static final int CLUE_MILLIS = 300;

  /** For the rest of a reply that is wrong, so that all of it is shown. */
  private static final int MORE_MILLIS = 100;

  private static final int SHOWN_BYTES = 64;

  /**
   * Far longer than between two messages, and shorter than any pause that a server may not take.
   */
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Socket tcp;
  private final Socket socket;
  private final Incoming incoming;
  private final int patienceMillis;
  private final Transcript transcript;
  private volatile String lastSent = "";
  private volatile long lastSentNanos;
  private volatile boolean late;

  Wire(Socket tcp, Socket socket, int patienceMillis, Transcript transcript) {
    this.tcp = tcp;
    this.socket = socket;
    incoming = new Incoming(socket);
    this.patienceMillis = patienceMillis;
    this.transcript = transcript;
  }

  /** Sends bytes in one segment. */
  public void send(String bytes) throws IOException {
    transcript.sent(bytes);
    noteTime();
    lastSent = bytes;
    try {
      socket.getOutputStream().write(Transcript.bytes(bytes));
      socket.getOutputStream().flush();
    } catch (SocketException | SSLException ended) {
      throw refused(bytes, ended);
    }
  }

  private void noteTime() {
    long now = System.nanoTime();
    if (!lastSent.isEmpty() && now - lastSentNanos > LATE_NANOS) {
      late = true;
      transcript.late();
    }
    lastSentNanos = now;
  }

  /**
   * Whether more than 100 ms passed between two calls of {@link #send}: where that was not meant,
   * this machine was too busy, and what the server did proves nothing.
   */
  public boolean isLate() {
    return late;
  }

  /** Servers that take a part of a frame for the whole have answered by then, and closed. */
  private Mismatch refused(String bytes, IOException ended) throws IOException {
    Received early = incoming.read(SHOWN_BYTES, MORE_MILLIS);
    boolean answered = !early.bytes().isEmpty();
    return new Mismatch(
        "that the server takes '%s'".formatted(Received.show(bytes)),
        answered ? early.toString() : "an end of the connection (%s)".formatted(ended.getMessage()),
        answered ? Clue.EARLY : Clue.RESET);
  }

  /** Ends this side: FIN, and close_notify before it on TLS. */
  public void endOutput() throws IOException {
    transcript.note("ended this side");
    socket.shutdownOutput();
  }

  /** Breaks the connection off with an RST, as a board does that loses its power. */
  public void abort() throws IOException {
    transcript.note("broke the connection off");
    tcp.setSoLinger(true, 0);
    tcp.close();
  }

  /** Ends this side of TCP without a word of TLS. */
  public void endTcpOutput() throws IOException {
    transcript.note("ended this side of TCP, without close_notify");
    tcp.shutdownOutput();
  }

  /** Reads these bytes and no others. */
  public void expect(String reply) throws IOException {
    Received received = incoming.read(reply.length(), patienceMillis);
    boolean right = received.bytes().equals(reply);
    if (!right && received.end() == Received.End.ENOUGH) {
      Received rest = incoming.read(SHOWN_BYTES, MORE_MILLIS);
      received = new Received(received.bytes() + rest.bytes(), Received.End.ENOUGH);
    }
    transcript.came(received);
    if (!right) {
      throw mismatch(reply, received);
    }
  }

  /** Sends, then reads the reply. */
  public void exchange(String bytes, String reply) throws IOException {
    send(bytes);
    expect(reply);
  }

  /** The server ends its side, with FIN and without another byte. */
  public void expectEnd() throws IOException {
    Received received = incoming.read(1, patienceMillis);
    transcript.came(received);
    if (received.end() != Received.End.CLOSED) {
      throw new Mismatch(
          Received.End.CLOSED.toString(),
          received.toString(),
          received.bytes().isEmpty()
              ? received.end() == Received.End.RESET ? Clue.RESET : Clue.NONE
              : Clue.TRAILING);
    }
  }

  /**
   * Neither a byte nor the end comes for a while.
   *
   * @param millis 1 or more
   */
  public void expectSilence(int millis) throws IOException {
    Received received = incoming.read(1, millis);
    transcript.came(received);
    if (received.end() != Received.End.SILENCE || !received.bytes().isEmpty()) {
      throw new Mismatch("silence for %d ms".formatted(millis), received.toString(), Clue.NONE);
    }
  }

  /**
   * No further byte comes for a while; the end may.
   *
   * @param millis 1 or more
   */
  public void expectNoMore(int millis) throws IOException {
    Received received = incoming.read(1, millis);
    if (!received.bytes().isEmpty()) {
      transcript.came(received);
      throw new Mismatch("nothing behind the reply", received.toString(), Clue.TRAILING);
    }
  }

  /** Reads one reply of a server that explains nothing: A and ten digits, or X. */
  public String readReply() throws IOException {
    Received first = incoming.read(1, patienceMillis);
    Received rest =
        first.bytes().equals("A")
            ? incoming.read(10, patienceMillis)
            : new Received("", Received.End.ENOUGH);
    Received reply = new Received(first.bytes() + rest.bytes(), rest.end());
    transcript.came(first.bytes().isEmpty() ? first : reply);
    if (!reply.bytes().equals("X") && reply.bytes().length() != 11) {
      Received shown = first.bytes().isEmpty() ? first : reply;
      throw new Mismatch("A and ten digits, or X", shown.toString(), clue("X", shown));
    }
    return reply.bytes();
  }

  /** Returns what comes first, or an empty text when nothing comes or the connection ends. */
  public String readSome() throws IOException {
    Received received = incoming.read(1, patienceMillis);
    transcript.came(received);
    return received.bytes();
  }

  /** Returns what comes until the server ends its side. */
  public String readToEnd() throws IOException {
    Received received = incoming.read(WireLimits.BYTES_MAX + 1, patienceMillis);
    transcript.came(received);
    if (received.end() == Received.End.ENOUGH || received.end() == Received.End.ENDLESS) {
      throw WireLimits.endless("a reply, then an orderly end", received);
    }
    if (received.end() != Received.End.CLOSED) {
      Clue clue = received.end() == Received.End.RESET ? Clue.RESET : Clue.NONE;
      throw new Mismatch("a reply, then an orderly end", received.toString(), clue);
    }
    return received.bytes();
  }

  /** These bytes come, and then the end. */
  public void expectToEnd(String replies) throws IOException {
    String came = readToEnd();
    if (!came.equals(replies)) {
      throw mismatch(replies, new Received(came, Received.End.CLOSED));
    }
  }

  private Mismatch mismatch(String reply, Received received) throws IOException {
    return new Mismatch(Received.show(reply), received.toString(), clue(reply, received));
  }

  private Clue clue(String reply, Received received) throws IOException {
    Clue clue = Clue.of(lastSent, reply, received);
    return clue == Clue.SILENCE ? waitsFor() : clue;
  }

  /** Silence has a few usual causes, which are found out by giving the server what it wants. */
  private Clue waitsFor() throws IOException {
    try {
      if (!lastSent.endsWith("\n")) {
        socket.getOutputStream().write('\n');
        socket.getOutputStream().flush();
        if (isAnswered()) {
          return Clue.WAITS_FOR_LINE_END;
        }
      }
      socket.shutdownOutput();
      return isAnswered() ? Clue.WAITS_FOR_END : Clue.SILENCE;
    } catch (SocketException | SSLException ended) {
      return Clue.SILENCE;
    }
  }

  private boolean isAnswered() throws IOException {
    return !incoming.read(1, CLUE_MILLIS).bytes().isEmpty();
  }

  @Override
  public void close() throws IOException {
    tcp.close();
  }
}

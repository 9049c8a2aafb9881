package io.wwep.cli;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A stream of Server-Sent Events, as the HTML standard has it, from the console of a server. One
 * thread asks for messages; another, {@code wwep-watch}, reads, so that a server that says nothing
 * for too long is noticed.
 */
final class FeedStream implements Closeable {

  /** The whole of a server's memory of events, in one batch. */
  private static final int LINE_CHARS_MAX = 1 << 24;

  private static final int QUEUED_LINES_MAX = 4;

  /** A server says something each 15 s. */
  private static final long SILENCE_SECONDS_MAX = 45;

  private final InputStream bytes;
  private final BlockingQueue<Line> lines = new ArrayBlockingQueue<>(QUEUED_LINES_MAX);
  private final Thread thread = new Thread(this::readLines, "wwep-watch");
  private String last = "";

  /**
   * @param text null for the end
   * @param failure why it came to an end
   */
  private record Line(String text, IOException failure) {}

  FeedStream(InputStream bytes) {
    this.bytes = bytes;
    thread.setDaemon(true);
    thread.start();
  }

  private void readLines() {
    try (Reader reader = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
      for (String line = line(reader); ; line = line(reader)) {
        lines.put(new Line(line, null));
      }
    } catch (IOException e) {
      end(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end(IOException failure) {
    try {
      lines.put(new Line(null, failure));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String line(Reader reader) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = reader.read(); c != '\n'; c = reader.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (line.length() == LINE_CHARS_MAX) {
        throw new IOException("a line has more than %d characters".formatted(LINE_CHARS_MAX));
      }
      line.append((char) c);
    }
    return line.toString();
  }

  /**
   * Waits for the next message.
   *
   * @throws IOException when the connection is lost, or what comes is no stream of wwep's
   */
  FeedMessage next() throws IOException, InterruptedException {
    String event = "";
    String data = "";
    while (true) {
      String line = nextLine();
      if (line.startsWith("event:")) {
        event = line.substring("event:".length()).strip();
      } else if (line.startsWith("data:")) {
        data = line.substring("data:".length()).strip();
      } else if (line.startsWith("id:")) {
        last = line.substring("id:".length()).strip();
      } else if (line.isEmpty()) {
        FeedMessage message = message(event, data);
        if (message != null) {
          return message;
        }
        event = "";
      }
    }
  }

  private String nextLine() throws IOException, InterruptedException {
    Line line = lines.poll(SILENCE_SECONDS_MAX, TimeUnit.SECONDS);
    if (line == null) {
      throw new IOException("it said nothing for %d s".formatted(SILENCE_SECONDS_MAX));
    }
    if (line.failure != null) {
      throw line.failure;
    }
    return line.text;
  }

  private FeedMessage message(String event, String data) throws IOException {
    try {
      return switch (event) {
        case "hello" -> new FeedMessage.Hello((String) JsonReader.object(data).get("start"));
        case "events" -> new FeedMessage.Events(last, FeedJson.events(data));
        case "dropped" -> new FeedMessage.Dropped((Long) JsonReader.object(data).get("count"));
        default -> null;
      };
    } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
      throw new IOException("what it sends is not understood: use wwep of its version", e);
    }
  }

  /** Ends the connection. */
  @Override
  public void close() throws IOException {
    thread.interrupt();
    bytes.close();
  }
}

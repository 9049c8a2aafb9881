package io.wwep.keylog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The keys of TLS connections, in a file that Wireshark and others read: NSS's key log format, that
 * of {@code SSLKEYLOGFILE}. Whoever has the file reads all traffic of these connections.
 *
 * <pre>
 *   CLIENT_HANDSHAKE_TRAFFIC_SECRET &lt;client random, hex&gt; &lt;secret, hex&gt;    TLS 1.3, four lines
 *   CLIENT_RANDOM &lt;client random, hex&gt; &lt;master secret, hex&gt;                TLS 1.2, one line
 * </pre>
 *
 * <p>Any thread may add lines, and none waits for the disk: a thread of its own writes them, what
 * has come meanwhile with one call of the operating system, and keeps nothing back. Several
 * processes may append to one file.
 */
public final class KeyLog implements AutoCloseable {

  /** About 0.8 MiB, and the keys of 800 handshakes, while a disk hangs. */
  static final int LINES_MAX = 4_096;

  /** How long an end waits for a disk that hangs. */
  private static final long CLOSE_MILLIS_MAX = 500;

  private static final byte[] END = {};
  private static final HexFormat HEX = HexFormat.of();

  private final Path file;
  private final WritableByteChannel channel;
  private final Consumer<String> trouble;
  private final BlockingQueue<byte[]> lines = new ArrayBlockingQueue<>(LINES_MAX);
  private final AtomicLong lost = new AtomicLong();
  private final AtomicBoolean missing = new AtomicBoolean();
  private final Thread writer = new Thread(this::write, "wwep-keylog");
  private volatile boolean closed;

  // The writer's own.
  private boolean failing;
  private boolean torn;

  /**
   * @param channel closed with this
   */
  KeyLog(Path file, WritableByteChannel channel, Consumer<String> trouble) {
    this.file = file;
    this.channel = channel;
    this.trouble = trouble;
    writer.setDaemon(true);
    writer.start();
  }

  /**
   * Opens a key log; what is in the file stays there. A new file is for its owner alone.
   *
   * @param trouble is told in a sentence, on a thread of this, that keys could not be written; once
   *     until they can be again
   * @throws KeyLogException when the file cannot be written to, or others may read it
   */
  public static KeyLog append(Path file, Consumer<String> trouble) {
    FileChannel channel = KeyLogFile.open(file);
    return new KeyLog(file, channel, trouble);
  }

  /** Returns the sentence that whoever switches this on has to read. */
  public String warning() {
    return "the keys of TLS connections go to %s: whoever reads this file can read all their traffic, so keep it to yourself, and delete it when you are done"
        .formatted(file);
  }

  /** Adds the secret of a connection; does not wait. */
  public void add(String label, byte[] clientRandom, byte[] secret) {
    add(
        (label + ' ' + HEX.formatHex(clientRandom) + ' ' + HEX.formatHex(secret))
            .getBytes(US_ASCII));
  }

  /**
   * Adds a line in the file's format, as TLS libraries hand it out; does not wait.
   *
   * @param line without its end; not to be changed from now on
   */
  public void add(byte[] line) {
    if (line.length > 0 && !closed && !lines.offer(line)) {
      lost.incrementAndGet();
    }
  }

  /** A connection's keys were had as they should be. */
  void complete() {
    missing.set(false);
  }

  /** A connection's keys could not be had, though Java shows where they are; told once. */
  void missed() {
    if (missing.getAndSet(true)) {
      return; // and so is it with each connection until there is one with keys
    }
    trouble.accept(
        "the keys of a TLS connection could not all be read, and it will stay unreadable: write the key log on the other side too");
  }

  private void write() {
    List<byte[]> batch = new ArrayList<>();
    try {
      boolean goesOn = true;
      while (goesOn) {
        batch.add(lines.take());
        lines.drainTo(batch);
        goesOn = !batch.remove(END);
        write(batch);
        batch.clear();
        goesOn &= !closed || !lines.isEmpty(); // there was no room for the end, once
      }
      channel.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      tell(e);
    }
  }

  private void write(List<byte[]> batch) {
    if (batch.isEmpty()) {
      return;
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    if (torn) {
      text.write('\n');
    }
    for (byte[] line : batch) {
      text.writeBytes(line);
      text.write('\n');
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(text.toByteArray());
      while (bytes.hasRemaining()) {
        torn |= channel.write(bytes) > 0;
      }
      torn = false;
      failing = false;
      tellLost();
    } catch (IOException e) {
      tell(e);
    }
  }

  private void tell(IOException e) {
    if (!failing) {
      failing = true;
      trouble.accept(
          "keys cannot be written to the key log %s (%s), and their connections will stay unreadable: make room there"
              .formatted(file, KeyLogFile.reason(e)));
    }
  }

  private void tellLost() {
    long count = lost.getAndSet(0);
    if (count > 0) {
      trouble.accept(
          "%d lines of the key log %s were lost, since the disk was too slow: give a file on another disk"
              .formatted(count, file));
    }
  }

  /** Writes what was added, and closes the file; waits for half a second at most. */
  @Override
  public void close() {
    closed = true;
    try {
      if (lines.offer(END, CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS)) {
        writer.join(CLOSE_MILLIS_MAX);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return "key log " + file;
  }
}

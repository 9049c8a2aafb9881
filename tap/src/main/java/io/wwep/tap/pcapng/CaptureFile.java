package io.wwep.tap.pcapng;

import io.wwep.certs.FileMode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A capture that is being written. Each packet is with the operating system when its call returns,
 * so that who kills the process loses none. It grows up to a bound and then stays as it is. A disk
 * that is full ends it behind the last whole packet.
 *
 * <p>Methods may be called by any thread, and take turns.
 */
public final class CaptureFile implements AutoCloseable {

  /** The smallest bound, in bytes: room for the head and some connections. */
  public static final long BYTES_MIN = 10_000;

  /** The largest bound, in bytes. */
  public static final long BYTES_MAX = 1L << 40;

  private static final int NANOS = 1_000_000_000;

  private final Path path;
  private final SeekableByteChannel out;
  private final long bytesMax;
  private final Consumer<String> trouble;
  private final Instant start = Instant.now();
  private final long startNanos = System.nanoTime();
  private long bytes;
  private long packets;
  private boolean over;

  /** Why a packet could not be written; null while all could. */
  private String failure;

  private CaptureFile(Path path, SeekableByteChannel out, long bytesMax, Consumer<String> trouble) {
    this.path = path;
    this.out = out;
    this.bytesMax = bytesMax;
    this.trouble = trouble;
  }

  /**
   * Makes a file, which may hold what was TLS on the wire: where there are POSIX permissions its
   * owner alone may read it.
   *
   * @param bytesMax its bound, {@link #BYTES_MIN} to {@link #BYTES_MAX}
   * @param comment what people should know who open it
   * @param interfaces names and descriptions, two texts for each
   * @param trouble is told, once and on the thread that writes, why packets are missing at the end
   * @throws IOException when there is such a file, or it cannot be made
   */
  public static CaptureFile create(
      Path path, long bytesMax, String comment, String[][] interfaces, Consumer<String> trouble)
      throws IOException {
    if (bytesMax < BYTES_MIN || bytesMax > BYTES_MAX) {
      throw new IllegalArgumentException(
          "bytesMax must be %,d to %,d, not %,d".formatted(BYTES_MIN, BYTES_MAX, bytesMax));
    }
    SeekableByteChannel out =
        Files.newByteChannel(
            path,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            FileMode.PRIVATE.at(path));
    try {
      return begin(path, out, bytesMax, comment, interfaces, trouble);
    } catch (IOException e) {
      out.close();
      Files.deleteIfExists(path); // half a head is no capture, and would be in the way next time
      throw e;
    }
  }

  /** Writes the head to a new file. */
  static CaptureFile begin(
      Path path,
      SeekableByteChannel out,
      long bytesMax,
      String comment,
      String[][] interfaces,
      Consumer<String> trouble)
      throws IOException {
    CaptureFile file = new CaptureFile(path, out, bytesMax, trouble);
    file.write(Pcapng.section("wwep tap", comment));
    for (String[] each : interfaces) {
      file.write(Pcapng.ofInterface(each[0], each[1]));
    }
    return file;
  }

  /**
   * Returns a new connection in the capture.
   *
   * @param onInterface by its place among those given at the start, from 0 on
   * @param client an address of the same version of IP as {@code server}
   */
  public Flow flow(int onInterface, InetSocketAddress client, InetSocketAddress server) {
    return new Flow(this, onInterface, client, server);
  }

  synchronized void packet(int onInterface, byte[] packet, String comment) {
    if (over) {
      return;
    }
    byte[] block = Pcapng.packet(onInterface, nanos(), packet, comment);
    if (bytes + block.length > bytesMax) {
      end(
          "the capture %s has reached its bound of %,d bytes, and what comes now is not in it: give more with --save-max, or start again with another file"
              .formatted(path, bytesMax));
      return;
    }
    try {
      write(block);
      packets++;
    } catch (IOException e) {
      failure = String.valueOf(e.getMessage());
      cutBack();
      end(
          "the capture %s cannot be written any more (%s), and what comes now is not in it: make room there, or name another place"
              .formatted(path, failure));
    }
  }

  private void end(String why) {
    over = true;
    trouble.accept(why);
  }

  /** The clock of this process, which is never set back as the computer's may be. */
  private long nanos() {
    return start.getEpochSecond() * NANOS + start.getNano() + (System.nanoTime() - startNanos);
  }

  private void write(byte[] block) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(block);
    while (left.hasRemaining()) {
      out.write(left);
    }
    bytes += block.length;
  }

  /** Takes away the part of a block that could still be written: programs stumble over it. */
  private void cutBack() {
    try {
      out.truncate(bytes);
    } catch (IOException e) {
      // What is there is the most that can be had.
    }
  }

  /** Returns why what came last is not in it, or null where nothing failed. */
  public synchronized String failure() {
    return failure;
  }

  /** Returns how many packets are in it. */
  public synchronized long packets() {
    return packets;
  }

  /** Returns where it is. */
  public Path path() {
    return path;
  }

  @Override
  public synchronized void close() {
    over = true;
    try {
      out.close();
    } catch (IOException e) {
      // Each packet was handed over when it came: nothing waits here.
    }
  }
}

package io.wwep.server.control;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Asks the server of a data directory how it fares; see {@link ControlSocket}. */
public final class StatusQuestion {

  private static final int DOCUMENT_BYTES_MAX = 64 * 1024;
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private StatusQuestion() {}

  /**
   * Returns the server's document.
   *
   * @param max how long the answer may take
   * @throws NoSuchFileException when no server left its socket in the directory
   * @throws ConnectException when the server that left it there is gone
   * @throws SocketTimeoutException when the server does not answer in time
   * @throws IOException when it cannot be asked, as without permission
   */
  public static String ask(Path directory, Duration max) throws IOException {
    UnixDomainSocketAddress address = ControlAddress.of(directory);
    long deadline = System.nanoTime() + max.toNanos();
    while (true) {
      try {
        return ask(address, deadline);
      } catch (ConnectException gone) {
        throw gone;
      } catch (SocketException refused) {
        // So many ask at a time that there is no room to wait in, or there is no permission.
        if (!Files.isWritable(address.getPath()) || System.nanoTime() - deadline >= 0) {
          throw refused;
        }
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
  }

  private static String ask(UnixDomainSocketAddress address, long deadline) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Selector selector = Selector.open()) {
      channel.configureBlocking(false);
      if (!channel.connect(address)) {
        channel.register(selector, SelectionKey.OP_CONNECT);
        await(selector, deadline);
        channel.finishConnect();
      }
      channel.register(selector, SelectionKey.OP_READ);
      return readAll(channel, selector, deadline);
    }
  }

  private static String readAll(SocketChannel channel, Selector selector, long deadline)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(DOCUMENT_BYTES_MAX);
    while (channel.read(bytes) >= 0) {
      if (!bytes.hasRemaining()) {
        throw new IOException("the answer is longer than any of wwep's");
      }
      await(selector, deadline);
    }
    if (bytes.position() == 0) {
      throw new ConnectException("the server was just ending");
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
  }

  private static void await(Selector selector, long deadline) throws IOException {
    long millis = (deadline - System.nanoTime()) / 1_000_000;
    if (millis <= 0 || selector.select(millis) == 0) {
      throw new SocketTimeoutException("no answer in time");
    }
    selector.selectedKeys().clear();
  }

  /** Whether there is somebody to be asked, also where he has no time or no ear for us. */
  static boolean isAnswered(Path directory) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.configureBlocking(false);
      channel.connect(ControlAddress.of(directory));
      return true;
    } catch (ConnectException nobody) {
      return false;
    } catch (SocketException busy) {
      return true;
    } catch (IOException | RuntimeException nothingThere) {
      return false;
    }
  }
}

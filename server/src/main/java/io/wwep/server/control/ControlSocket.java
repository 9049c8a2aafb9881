package io.wwep.server.control;

import io.wwep.certs.FileMode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Tells whoever connects how the server fares, and closes: one document for each connection, and
 * nothing is read, so that there is nothing to send in and nobody to wait for. A Unix domain socket
 * that its owner alone may connect to; never on a network.
 *
 * <p>One thread, {@code wwep-control}. A client that does not take its document holds it up for
 * half a second.
 */
public final class ControlSocket implements AutoCloseable {

  private static final int BACKLOG = 128;
  private static final long WRITE_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** When the process may open no more files, others will be closed. */
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Path name;
  private final ServerSocketChannel channel;
  private final Supplier<String> document;
  private final Thread thread = new Thread(this::run, "wwep-control");

  private ControlSocket(Path name, ServerSocketChannel channel, Supplier<String> document) {
    this.name = name;
    this.channel = channel;
    this.document = document;
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Opens the socket of a data directory. One that a killed server left behind is replaced.
   *
   * @param directory made when it is missing
   * @param document makes what each client is told; called by the socket's thread
   * @throws IOException when there can be none, as where another server uses the directory
   */
  public static ControlSocket open(Path directory, Supplier<String> document) throws IOException {
    ControlAddress.makeDirectory(directory);
    Path name = ControlAddress.nameIn(directory);
    if (StatusQuestion.isAnswered(directory)) {
      throw new IOException("another server answers there");
    }
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      ControlAddress.remove(name);
      bind(channel, directory, name);
      return new ControlSocket(name, channel, document);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void bind(ServerSocketChannel channel, Path directory, Path name)
      throws IOException {
    if (ControlAddress.isShort(name)) {
      try {
        bindIn(channel, directory, name);
        return;
      } catch (IOException e) {
        // The file system may know no sockets; that for temporary files has another chance.
      }
    }
    Path place = ControlAddress.fallback();
    try {
      channel.bind(UnixDomainSocketAddress.of(place), BACKLOG);
      FileMode.PRIVATE.giveTo(place);
      ControlAddress.point(name, place);
    } catch (IOException e) {
      ControlAddress.removeSocket(place);
      throw e;
    }
  }

  /** A socket gets its permissions where nobody else can reach it, and then its name. */
  private static void bindIn(ServerSocketChannel channel, Path directory, Path name)
      throws IOException {
    if (!FileMode.isKnownAt(directory)) {
      channel.bind(UnixDomainSocketAddress.of(name), BACKLOG);
      return;
    }
    Path nook = Files.createTempDirectory(directory, ".w");
    Path socket = nook.resolve("s");
    try {
      channel.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
      FileMode.PRIVATE.giveTo(socket);
      Files.move(socket, name, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(socket);
      Files.deleteIfExists(nook);
    }
  }

  private void run() {
    while (channel.isOpen()) {
      try (SocketChannel client = channel.accept()) {
        tell(client);
      } catch (ClosedChannelException closed) {
        return;
      } catch (IOException e) {
        LockSupport.parkNanos(REST_NANOS);
      }
    }
  }

  private void tell(SocketChannel client) {
    ByteBuffer bytes = ByteBuffer.wrap((document.get() + "\n").getBytes(StandardCharsets.UTF_8));
    long deadline = System.nanoTime() + WRITE_NANOS_MAX;
    try {
      client.configureBlocking(false);
      while (bytes.hasRemaining() && System.nanoTime() - deadline < 0) {
        if (client.write(bytes) == 0) {
          LockSupport.parkNanos(POLL_NANOS);
        }
      }
    } catch (IOException left) {
      // Who does not want to know need not.
    }
  }

  /** Ends the thread and removes the socket. */
  @Override
  public void close() {
    try {
      channel.close();
      ControlAddress.remove(name);
    } catch (IOException e) {
      // What is left behind answers nobody, and the next server replaces it.
    }
  }
}

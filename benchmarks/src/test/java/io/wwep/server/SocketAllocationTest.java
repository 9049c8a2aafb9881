package io.wwep.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.benchmarks.Messages;
import io.wwep.protocol.Wwep;
import io.wwep.store.Batch;
import io.wwep.store.Completion;
import io.wwep.store.MemoryStore;
import io.wwep.store.Origin;
import io.wwep.store.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The event loop of a real server, with real sockets: transport, buffers and all. */
class SocketAllocationTest {

  private static final int CONNECTIONS = 50;

  /** A number that both messages by ones and batches by all connections divide. */
  private static final int ROUND_REQUESTS = CONNECTIONS * Messages.BATCH_REQUESTS * 5;

  /**
   * What Netty's io_uring takes for one exchange of requests and replies: 72 bytes to ask for a
   * read, as many to ask for a send, and 16 when it looks for what is done. Often, but not always,
   * the compiler does without.
   */
  private static final double RING_BYTES_PER_EXCHANGE = 160;

  static List<Arguments> messages() {
    List<Arguments> all = new ArrayList<>();
    for (Transport transport : List.of(Transport.EPOLL, Transport.IO_URING)) {
      all.add(Arguments.of(transport, "read", Messages.READ, 1));
      all.add(Arguments.of(transport, "write", Messages.WRITE, 1));
      all.add(Arguments.of(transport, "pipelined", Messages.BATCH, Messages.BATCH_REQUESTS));
    }
    return all;
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("messages")
  void shouldAllocateNothingForARequest(
      Transport transport, String name, byte[] message, int requests) throws Exception {
    assumeTrue(isAvailable(transport), transport.words() + " does not work on this machine");
    double ring = transport == Transport.IO_URING ? RING_BYTES_PER_EXCHANGE / requests : 0;
    double max = Allocations.max(requests) + ring;
    ServerConfig config =
        ServerConfig.onFreePorts().withPorts(0, ServerConfig.NOT_SERVED).withTransport(transport);
    try (MemoryStore store = new MemoryStore();
        WwepServer server = WwepServer.start(config, store, null);
        Crowd crowd = new Crowd(server.plainPort())) {
      writeAll(store);
      // The first round makes the loops' threads, where they are not there yet.
      crowd.serve(message, requests, ROUND_REQUESTS);

      double bytes =
          new Allocations(loops())
              .bytesPerRequest(
                  ROUND_REQUESTS, max, () -> crowd.serve(message, requests, ROUND_REQUESTS));

      assertThat(bytes).as("bytes of the heap for one request, %s", name).isLessThan(max);
    }
  }

  private static boolean isAvailable(Transport transport) {
    try {
      return transport.resolve() == transport;
    } catch (ServerException blocked) {
      return false;
    }
  }

  /** Writes what is read later, so that every reply has the length of an accepted one. */
  private static void writeAll(Store store) {
    Batch batch = new Batch(new Nobody());
    batch.start(new Origin("here", false));
    batch.addWrite(0x0FAC0B, 0x1234);
    for (int i = 0; i < Messages.BATCH_REQUESTS; i++) {
      batch.addWrite(i << 8 | i, 0x1234);
    }
    store.execute(batch);
  }

  private static Thread[] loops() {
    Thread[] loops =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("wwep-loop"))
            .toArray(Thread[]::new);
    assertThat(loops).isNotEmpty();
    return loops;
  }

  private static final class Nobody implements Completion {

    @Override
    public void completed(Batch batch) {
      assertThat(batch.failure()).isNull();
    }

    @Override
    public void flush() {
      // Nobody waits.
    }
  }

  /** Clients that take turns: all send, then all read. */
  private static final class Crowd implements AutoCloseable {

    private final List<SocketChannel> clients = new ArrayList<>();
    private final ByteBuffer replies = ByteBuffer.allocateDirect(64 * 1024);

    Crowd(int port) throws IOException {
      InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      for (int i = 0; i < CONNECTIONS; i++) {
        clients.add(SocketChannel.open(server));
      }
    }

    void serve(byte[] message, int requests, int total) throws IOException {
      ByteBuffer bytes = ByteBuffer.allocateDirect(message.length).put(message).flip();
      for (int done = 0; done < total; done += requests * CONNECTIONS) {
        for (SocketChannel client : clients) {
          client.write(bytes.duplicate());
        }
        for (SocketChannel client : clients) {
          receive(client, requests * Wwep.ACCEPTED_LENGTH);
        }
      }
    }

    private void receive(SocketChannel client, int bytes) throws IOException {
      replies.clear().limit(bytes);
      while (replies.hasRemaining()) {
        assertThat(client.read(replies)).as("bytes of a reply").isPositive();
      }
    }

    @Override
    public void close() throws IOException {
      for (SocketChannel client : clients) {
        client.close();
      }
    }
  }
}

package io.wwep.it.wireshark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Stands in between and takes down what both sides really send: each read is a packet. For users
 * who may not capture.
 */
final class Recorder implements Capture {

  private static final long END_MILLIS_MAX = TimeUnit.SECONDS.toMillis(20);

  private final Path directory;
  private final TcpPcap pcap = new TcpPcap();
  private final long startNanos = System.nanoTime();
  private final Map<Integer, ServerSocket> doors = new HashMap<>();
  private final List<Thread> pumps = new CopyOnWriteArrayList<>();

  private Recorder(Path directory) {
    this.directory = directory;
  }

  static Recorder begin(Path directory, int... servers) throws IOException {
    Recorder recorder = new Recorder(directory);
    for (int server : servers) {
      ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      recorder.doors.put(server, door);
      Thread accepting = new Thread(() -> recorder.accept(door, server), "recorder");
      accepting.setDaemon(true);
      accepting.start();
    }
    return recorder;
  }

  private void accept(ServerSocket door, int server) {
    try {
      while (true) {
        Socket client = door.accept();
        Socket upstream = new Socket();
        upstream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server));
        client.setTcpNoDelay(true);
        upstream.setTcpNoDelay(true);
        at();
        TcpPcap.Talk talk = pcap.talk(server);
        pump(client, upstream, talk::sends, talk::clientEnds);
        pump(upstream, client, talk::answers, talk::serverEnds);
      }
    } catch (IOException closed) {
      // The recording is over.
    }
  }

  private void at() {
    pcap.at((System.nanoTime() - startNanos) / 1_000);
  }

  private void pump(Socket from, Socket to, Consumer<byte[]> take, Runnable end) {
    Thread pump = new Thread(() -> copy(from, to, take, end), "recorder pump");
    pump.setDaemon(true);
    pumps.add(pump);
    pump.start();
  }

  private void copy(Socket from, Socket to, Consumer<byte[]> take, Runnable end) {
    byte[] buffer = new byte[4_096];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        at();
        take.accept(Arrays.copyOf(buffer, count));
        out.write(buffer, 0, count);
      }
      at();
      end.run();
      to.shutdownOutput();
    } catch (IOException gone) {
      // One side has left in the middle; what it said is kept.
    }
  }

  @Override
  public int port(int server) {
    return doors.get(server).getLocalPort();
  }

  @Override
  public Path end() throws Exception {
    close();
    for (Thread pump : pumps) {
      pump.join(END_MILLIS_MAX);
    }
    return pcap.write(directory.resolve("recorded.pcap"));
  }

  @Override
  public void close() throws IOException {
    for (ServerSocket door : doors.values()) {
      door.close();
    }
  }
}

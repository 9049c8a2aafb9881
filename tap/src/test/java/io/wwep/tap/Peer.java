package io.wwep.tap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A board by hand: a socket on which each read is seen as such. */
final class Peer implements AutoCloseable {

  final Socket socket;

  Peer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(10_000);
  }

  static Peer to(Tap tap) throws IOException {
    Socket socket = new Socket();
    socket.connect(tap.address(), 5_000);
    return new Peer(socket);
  }

  static Peer to(InetSocketAddress address) throws IOException {
    Socket socket = new Socket();
    socket.connect(address, 5_000);
    return new Peer(socket);
  }

  Peer send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  Peer end() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Reads so many bytes; fewer where the end comes first. */
  String read(int bytes) throws IOException {
    return text(socket.getInputStream().readNBytes(bytes));
  }

  /** Reads up to the end. */
  String readAll() throws IOException {
    return text(socket.getInputStream().readAllBytes());
  }

  /** Reads up to the end, one text for each read. */
  List<String> reads() throws IOException {
    List<String> reads = new ArrayList<>();
    byte[] bytes = new byte[1_024];
    for (int length = socket.getInputStream().read(bytes);
        length >= 0;
        length = socket.getInputStream().read(bytes)) {
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      read.write(bytes, 0, length);
      reads.add(text(read.toByteArray()));
    }
    return reads;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

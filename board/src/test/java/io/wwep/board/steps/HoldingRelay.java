package io.wwep.board.steps;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between one board and a server, and holds back what the server says behind the board's
 * Finished, as a slow network would, until it is told to let it pass.
 */
final class HoldingRelay implements AutoCloseable {

  private static final int APPLICATION_DATA = 23;

  private final ServerSocket listener;
  private final int serverPort;
  private final CountDownLatch released = new CountDownLatch(1);
  private final CountDownLatch passed = new CountDownLatch(1);
  private final AtomicInteger fromBoard = new AtomicInteger();
  private volatile boolean holding;
  private Socket board;
  private Socket server;

  private HoldingRelay(int serverPort) throws IOException {
    this.serverPort = serverPort;
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  static HoldingRelay to(int serverPort) {
    try {
      HoldingRelay relay = new HoldingRelay(serverPort);
      Thread thread = new Thread(relay::run, "relay");
      thread.setDaemon(true);
      thread.start();
      return relay;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Returns how many bytes the board has sent by now. */
  int bytesFromBoard() {
    return fromBoard.get();
  }

  /** Lets pass what is held back, and returns when some of it has. */
  void release() throws InterruptedException {
    released.countDown();
    passed.await();
  }

  private void run() {
    try {
      board = listener.accept();
      server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
      Thread back = new Thread(this::copyBack, "relay-back");
      back.setDaemon(true);
      back.start();
      copyOn();
    } catch (IOException e) {
      // The board or the server has ended the connection.
    }
  }

  /** Record by record: in TLS 1.3 the board's Finished is the first that is encrypted. */
  private void copyOn() throws IOException {
    DataInputStream in = new DataInputStream(board.getInputStream());
    DataOutputStream out = new DataOutputStream(server.getOutputStream());
    for (int type = in.read(); type >= 0; type = in.read()) {
      holding |= type == APPLICATION_DATA;
      int version = in.readUnsignedShort();
      byte[] body = in.readNBytes(in.readUnsignedShort());
      fromBoard.addAndGet(5 + body.length);
      out.writeByte(type);
      out.writeShort(version);
      out.writeShort(body.length);
      out.write(body);
    }
    server.shutdownOutput();
  }

  private void copyBack() {
    try {
      InputStream in = server.getInputStream();
      OutputStream out = board.getOutputStream();
      byte[] bytes = new byte[16_384];
      for (int count = in.read(bytes); count > 0; count = in.read(bytes)) {
        boolean held = holding;
        if (held) {
          released.await();
        }
        out.write(bytes, 0, count);
        if (held) {
          passed.countDown();
        }
      }
      board.shutdownOutput();
    } catch (IOException | InterruptedException e) {
      passed.countDown(); // The connection has ended.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    if (board != null) {
      board.close();
    }
    if (server != null) {
      server.close();
    }
  }
}

package io.wwep.it.wireshark;

import java.io.IOException;
import java.nio.file.Path;

/** Takes down what goes over TCP between this test and servers on the loopback. */
interface Capture extends AutoCloseable {

  /**
   * Begins, with dumpcap where this user may capture, and else by standing in between.
   *
   * @param servers their ports
   */
  static Capture begin(Path directory, int... servers) throws Exception {
    return Dumpcap.mayCapture()
        ? Dumpcap.begin(directory, servers)
        : Recorder.begin(directory, servers);
  }

  /** Returns the port to connect to where a server's port is meant. */
  int port(int server);

  /** Ends, and returns the file; in it servers have their own ports. */
  Path end() throws Exception;

  @Override
  void close() throws IOException;
}

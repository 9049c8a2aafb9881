package io.wwep.it.page;

import io.wwep.client.WwepClient;
import io.wwep.it.WwepProcess;
import java.nio.file.Path;

/** A server of its own with a board that writes to it, and a browser that looks at its page. */
final class ViewedServer implements AutoCloseable {

  private final WwepProcess server;
  private final WwepClient board;
  private final Browser browser;

  private ViewedServer(WwepProcess server, Browser browser) {
    this.server = server;
    this.browser = browser;
    board = WwepClient.builder("127.0.0.1").port(server.plainPort()).build();
  }

  /** Starts all of it; the test is skipped where there is no browser. */
  static ViewedServer start(Path directory, Browser.Look look, String... options) {
    Browser browser = Browser.start(look);
    String[] all = new String[options.length + 2];
    all[0] = "--http";
    all[1] = "127.0.0.1:0";
    System.arraycopy(options, 0, all, 2, options.length);
    try {
      return new ViewedServer(WwepProcess.serve(directory, all), browser);
    } catch (RuntimeException notStarted) {
      browser.close();
      throw notStarted;
    }
  }

  Browser browser() {
    return browser;
  }

  /** Writes as a board does, over the plain port. */
  void write(int device, int register, int value) {
    board.write(device, register, value);
  }

  /** Returns what a board reads; fails where it is unwritten. */
  int read(int device, int register) {
    return board.read(device, register).orElseThrow();
  }

  /** Opens a place of the page, such as {@code registers/0FAC}. */
  void open(String place) {
    browser.open(server.consoleUrl() + "#/" + place);
  }

  @Override
  public void close() {
    browser.close();
    board.close();
    server.close();
  }
}

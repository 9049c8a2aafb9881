package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.WwepProcess;
import io.wwep.it.WwepProcess.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server with its console, and a browser before it: the server for a class of tests, the browser
 * for all classes. A test fails too when the page complained of something; what a failed test saw
 * last is kept as a screenshot.
 */
final class Walk
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

  private static final String ANY_PORT = "127.0.0.1:0";

  /** Null where the class starts its own server. */
  private final List<String> options;

  private Path directory;
  private WwepProcess server;
  private Browser browser;

  private Walk(List<String> options) {
    this.options = options;
  }

  /** Through the console of a server with these options, beside a free port on this machine. */
  static Walk with(String... options) {
    return new Walk(List.of(options));
  }

  /** Through no server yet: the class starts its own, in {@link #directory}. */
  static Walk withoutServer() {
    return new Walk(null);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    directory = Files.createTempDirectory("wwep-page");
    browser =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.GLOBAL)
            .computeIfAbsent(Browser.class, key -> Browser.start(), Browser.class);
    if (options != null) {
      serve(options.toArray(String[]::new));
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    browser.look(Look.LIGHT);
    browser.complaints();
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    try {
      if (context.getExecutionException().isPresent()) {
        browser.screenshot("failed-" + context.getRequiredTestMethod().getName());
      } else {
        assertThat(browser.complaints()).as("what the page complains of").isEmpty();
      }
    } finally {
      browser.leave();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException, InterruptedException {
    if (server != null) {
      // It is over before its files are.
      server.kill();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  Browser browser() {
    return browser;
  }

  /** Returns what can be seen in the browser. */
  Sight sight() {
    return new Sight(browser);
  }

  WwepProcess server() {
    return server;
  }

  /** Starts a server with these options in the directory; gone after the class. */
  WwepProcess serve(String... options) {
    return serveAt(ANY_PORT, options);
  }

  /** Starts one within surroundings; gone after the class. */
  WwepProcess serveIn(Surroundings surroundings) {
    server = WwepProcess.serve(surroundings, directory, "--http", ANY_PORT);
    return server;
  }

  /** Starts one whose console is at this address and port; port 0 is a free one. */
  WwepProcess serveAt(String place, String... options) {
    server =
        WwepProcess.serve(
            directory,
            Stream.concat(Stream.of("--http", place), Stream.of(options)).toArray(String[]::new));
    return server;
  }

  /** Returns where the server has its data; gone after the class. */
  Path directory() {
    return directory;
  }

  /** Opens a view of the console, such as {@code live?reply=X}; nothing is its bare address. */
  void open(String view) {
    browser.open(server.consoleUrl() + (view.isEmpty() ? "" : "#/" + view));
    browser.await("main");
  }

  /** Returns a board at 127.0.0.{@code number}. */
  Board board(int number) {
    return new Board(server, number);
  }

  /** Holds that what is shown keeps nobody out, in light and in dark colours. */
  void requireNoBarriers() {
    for (Look each : List.of(Look.LIGHT, Look.DARK)) {
      browser.look(each);
      assertThat(sight().barriers()).as("barriers in %s", each).isEmpty();
    }
    browser.look(Look.LIGHT);
  }

  /** Takes what the page complained of, all of which has to do with this. */
  void requireComplaintsOf(String... parts) {
    assertThat(browser.complaints())
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each).contains(parts));
  }
}

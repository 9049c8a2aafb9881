package io.wwep.it.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** A folder into which the browser saves what the page offers, until it is closed. */
final class Downloads implements AutoCloseable {

  private final Browser browser;
  private final Path directory;

  Downloads(Browser browser) throws IOException {
    this.browser = browser;
    directory = Files.createTempDirectory("wwep-downloads");
    browser.command(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", directory.toString()));
  }

  /** Waits until a file with this end of its name is complete; returns its content. */
  byte[] awaitBytes(String suffix) {
    browser.awaitUntil("file " + suffix, () -> find(suffix) != null);
    try {
      return Files.readAllBytes(find(suffix));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until a text file is complete; returns it. */
  String await(String suffix) {
    return new String(awaitBytes(suffix), java.nio.charset.StandardCharsets.UTF_8);
  }

  /** A file has another name until it is complete. */
  private Path find(String suffix) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(each -> each.toString().endsWith(suffix)).findFirst().orElse(null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    browser.command("Browser.setDownloadBehavior", Map.of("behavior", "default"));
    try (Stream<Path> files = Files.list(directory)) {
      for (Path each : files.toList()) {
        Files.deleteIfExists(each);
      }
    }
    Files.delete(directory);
  }
}

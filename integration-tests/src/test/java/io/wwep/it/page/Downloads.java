package io.wwep.it.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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
    AtomicReference<byte[]> content = new AtomicReference<>();
    browser.awaitUntil(
        "file " + suffix,
        () -> {
          content.set(read(suffix));
          return content.get().length > 0;
        });
    return content.get();
  }

  /** Waits until a text file is complete; returns it. */
  String await(String suffix) {
    return new String(awaitBytes(suffix), StandardCharsets.UTF_8);
  }

  /** A file is empty, and its content has another name, until that is complete. */
  private byte[] read(String suffix) {
    try (Stream<Path> files = Files.list(directory)) {
      Optional<Path> found = files.filter(each -> each.toString().endsWith(suffix)).findFirst();
      return found.isPresent() ? Files.readAllBytes(found.get()) : new byte[0];
    } catch (NoSuchFileException renamed) {
      return new byte[0];
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

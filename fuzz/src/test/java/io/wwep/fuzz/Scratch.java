package io.wwep.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files for what is read from files, in memory where the system has a directory for that. */
final class Scratch {

  private static final Path MEMORY = Path.of("/dev/shm");
  private static final Path DIRECTORY = directory();

  private Scratch() {}

  private static Path directory() {
    try {
      Path directory =
          Files.isWritable(MEMORY)
              ? Files.createTempDirectory(MEMORY, "wwep-fuzz-")
              : Files.createTempDirectory("wwep-fuzz-");
      directory.toFile().deleteOnExit();
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a file of this name that holds these bytes. */
  static Path file(String name, byte[] bytes) {
    try {
      Path file = DIRECTORY.resolve(name);
      file.toFile().deleteOnExit();
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.wwep.server.control;

import io.wwep.certs.FileMode;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Where the socket of a data directory is: in the directory, under the name {@link #NAME}. Where it
 * cannot be there, because the path is too long for a socket or the file system has none, the name
 * is that of a file which says where it is instead.
 */
final class ControlAddress {

  static final String NAME = "wwep.control";

  /** Systems take 104 to 108 bytes, with a NUL at the end. */
  private static final int PATH_BYTES_MAX = 100;

  private static final int POINTER_BYTES_MAX = 4_096;
  private static final String FALLBACK_PREFIX = "wwep-control";

  private ControlAddress() {}

  static Path nameIn(Path directory) {
    return directory.resolve(NAME);
  }

  static boolean isShort(Path path) {
    String text = path.toAbsolutePath().toString();
    return text.getBytes(StandardCharsets.UTF_8).length <= PATH_BYTES_MAX;
  }

  /**
   * Returns where to connect.
   *
   * @throws NoSuchFileException when no server left its name here
   */
  static UnixDomainSocketAddress of(Path directory) throws IOException {
    Path name = nameIn(directory);
    Path pointed = pointedTo(name);
    Path socket = pointed == null ? name.toAbsolutePath() : pointed;
    if (Files.notExists(socket, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(socket.toString());
    }
    return UnixDomainSocketAddress.of(socket);
  }

  /** Returns the path in the file, or null where it is no file, and so perhaps a socket. */
  private static Path pointedTo(Path name) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(name, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()) {
      return null;
    }
    if (attributes.size() > POINTER_BYTES_MAX) {
      throw new IOException(name + " is no file of wwep's");
    }
    try {
      return Path.of(Files.readString(name).strip());
    } catch (InvalidPathException e) {
      throw new IOException(name + " names no path", e);
    }
  }

  /** Returns a place for a socket that is short, in a directory of the owner's. */
  static Path fallback() throws IOException {
    return Files.createTempDirectory(FALLBACK_PREFIX).resolve("s");
  }

  /** Has the name say where the socket is. */
  static void point(Path name, Path socket) throws IOException {
    Path text = Files.createTempFile(name.toAbsolutePath().getParent(), ".wwep", ".new");
    try {
      Files.writeString(text, socket + "\n");
      Files.move(text, name, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(text);
    }
  }

  /** Removes what a name stands for, and the name. */
  static void remove(Path name) throws IOException {
    Path socket = Files.exists(name, LinkOption.NOFOLLOW_LINKS) ? pointedTo(name) : null;
    if (socket != null && isFallback(socket)) {
      removeSocket(socket);
    }
    Files.deleteIfExists(name);
  }

  /** Removes what {@link #fallback} made room for. */
  static void removeSocket(Path socket) throws IOException {
    Files.deleteIfExists(socket);
    Files.deleteIfExists(socket.getParent());
  }

  /** Whatever else the file may say, nothing but what was made here is removed. */
  private static boolean isFallback(Path socket) {
    Path parent = socket.getParent();
    return parent != null
        && parent.getFileName() != null
        && parent.getFileName().toString().startsWith(FALLBACK_PREFIX);
  }

  static void makeDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, FileMode.PRIVATE_DIRECTORY.at(directory));
    }
  }
}

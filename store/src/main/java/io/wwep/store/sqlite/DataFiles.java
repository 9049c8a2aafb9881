package io.wwep.store.sqlite;

import io.wwep.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the directory and the files of a store, for their owner alone where the file system knows
 * owners: what boards send is nobody else's business.
 */
final class DataFiles {

  /** The names that a server, SQLite and a restore give to files of one database. */
  private static final Pattern BESIDE =
      Pattern.compile(
          "(?i)(?<database>.+?)(-wal|-shm|-journal|-restore|-restore\\.part)"
              + "|(?<stem>.+?)(\\.lock|\\.mark|\\.control|-replaced-.*)");

  private static final String CERTIFICATES = "tls";
  private static final List<String> KEYS = List.of("ec.key.pem", "rsa.key.pem");

  private DataFiles() {}

  /**
   * Whether a name is one of those that a server uses for its data: the database and what is beside
   * it, or a certificate or key of its own.
   */
  static boolean belongsToADatabase(Path file) {
    Path place;
    try {
      place = realNameOf(file);
    } catch (IOException e) {
      return false; // and nothing can be made there
    }
    if (place.getFileName() == null) {
      return false;
    }
    Matcher beside = BESIDE.matcher(place.getFileName().toString());
    return isServed(place)
        || (beside.matches() && isBesideServed(place, beside))
        || isKeyOrCertificate(place);
  }

  private static boolean isBesideServed(Path place, Matcher beside) {
    String stem = beside.group("stem");
    if (stem == null) {
      Path database = place.resolveSibling(beside.group("database"));
      // In the middle of a restore there is none for a moment.
      return isServed(database)
          || (Files.notExists(database)
              && database.toString().endsWith(StoreLock.DATABASE_ENDING)
              && StoreLock.isBeside(database));
    }
    return isServed(place.resolveSibling(stem + StoreLock.DATABASE_ENDING))
        || isServed(place.resolveSibling(stem));
  }

  /** Any file may have one beside it that is called a lock. */
  private static boolean isServed(Path file) {
    try {
      return Files.isRegularFile(file)
          && StoreLock.isBeside(file)
          && (file.toString().endsWith(StoreLock.DATABASE_ENDING) || Schema.isOurs(file));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isKeyOrCertificate(Path place) {
    Path directory = place.getParent();
    return directory.endsWith(CERTIFICATES)
        && (isServed(directory.resolveSibling(SqliteStore.DATABASE))
            || KEYS.stream().anyMatch(key -> Files.exists(directory.resolve(key))));
  }

  /** Returns where a file is, or would be, without links on the way. */
  static Path realNameOf(Path file) throws IOException {
    return Files.exists(file)
        ? file.toRealPath()
        : directoryOf(file).toRealPath().resolve(file.getFileName());
  }

  /**
   * Makes the directory of this file when it is missing.
   *
   * @throws StoreException when it cannot be made, or is a file
   */
  static void makeDirectoryOf(Path file) {
    Path directory = directoryOf(file);
    if (Files.isDirectory(directory)) {
      return;
    }
    try {
      Files.createDirectories(directory, ownerOnly(directory, "rwx------"));
    } catch (FileAlreadyExistsException e) {
      throw new StoreException(
          "%s is a file and not a directory: move it away or choose another --data directory"
              .formatted(e.getFile()),
          e);
    } catch (IOException e) {
      throw new StoreException(
          "cannot make the directory %s (%s): choose another --data directory"
              .formatted(file.getParent(), reason(e)),
          e);
    }
  }

  /**
   * Makes this file, empty, when it is missing, and makes sure that it can be written.
   *
   * @throws StoreException when it cannot
   */
  static void makeFile(Path file) {
    if (Files.isDirectory(file)) {
      throw new StoreException(
          "%s is a directory and not a database file: move it away or name another file"
              .formatted(file));
    }
    try {
      if (Files.notExists(file)) {
        Files.createFile(file, ownerOnly(file, "rw-------"));
      }
    } catch (FileAlreadyExistsException e) {
      // Somebody was faster, which is as good.
    } catch (IOException e) {
      throw new StoreException(
          "cannot make %s (%s): give this user write permission for its directory or choose another directory"
              .formatted(file, reason(e)),
          e);
    }
    if (!Files.isReadable(file)
        || !Files.isWritable(file)
        || !Files.isWritable(directoryOf(file))) {
      throw new StoreException(
          "cannot write %s: give this user read and write permission for it and its directory, or choose another directory"
              .formatted(file));
    }
    requireOneName(file);
  }

  /**
   * Brings a file to the disk. Not while SQLite has it open, which loses its locks when somebody
   * else in the process closes it.
   */
  static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /**
   * Brings the names that lead to a new database to the disk: SQLite syncs the database's directory
   * and none above it, so a power loss might take a new directory with all that is in it. A start
   * that was broken off may have made them, so they are synced until the database has something.
   */
  static void syncNamesOfNew(Path file) throws IOException {
    if (Files.size(file) == 0) {
      Path directory = directoryOf(file);
      while (directory != null) {
        syncNamesIn(directory);
        directory = directory.getParent();
      }
    }
  }

  /** Brings the names in one directory to the disk, where the system lets anybody do that. */
  static void syncNamesIn(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no directories, and nobody makes one in what may not be read.
    }
  }

  /**
   * SQLite's log belongs to a name of the database and not to the database: who opens it under
   * another one misses what the log holds, and both damage the file.
   *
   * @throws StoreException when the file has hard links
   */
  private static void requireOneName(Path file) {
    try {
      int names = (int) Files.getAttribute(file, "unix:nlink");
      if (names > 1) {
        throw new StoreException(
            "%s has %d names (hard links), and SQLite keeps a database safe under one only: make a real copy under this name, as in 'cp FILE COPY && mv COPY FILE', while no server uses it"
                .formatted(file, names));
      }
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      // This file system does not tell.
    }
  }

  static Path directoryOf(Path file) {
    return file.toAbsolutePath().getParent();
  }

  /** Says in a few words what a file system's exception means. */
  static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    // The message of these is the file's name, which the sentence has already.
    return e instanceof FileSystemException || e.getMessage() == null
        ? words(e.getClass().getSimpleName())
        : e.getMessage();
  }

  /** Makes {@code not directory} of {@code NotDirectoryException}. */
  private static String words(String className) {
    return className
        .replaceFirst("Exception$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }

  private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}

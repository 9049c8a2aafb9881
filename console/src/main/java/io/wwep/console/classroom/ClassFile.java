package io.wwep.console.classroom;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.wwep.certs.FileMode;
import io.wwep.store.sqlite.SqliteStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The file that keeps a class over restarts: JSON, beside the database, replaced as a whole, so
 * that a crash leaves the old one or the new one. Used by one thread at a time.
 */
final class ClassFile {

  /** Its name beside the usual database; beside another one that one's name comes first. */
  private static final String NAME = "class.json";

  /** Two kilobytes a device are more than it takes; sentences may have many bytes a character. */
  static final int BYTES_MAX = 32 << 20;

  private static final int FORMAT = 1;
  private static final String DAMAGED = ".damaged";

  /** Damaged files that are kept; a disk that damages more has had its chance. */
  private static final int DAMAGED_MAX = 100;

  /** Damaged entries that are told; the copy has them all. */
  private static final int TOLD_MAX = 5;

  private static final String NEXT = ".new";

  private final Path file;

  /** A file cannot be used; the message is cause and cure. */
  static final class Unusable extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean keep;

    /**
     * @param keep whether the file is to stay as it is, and nothing may be written in its place
     */
    Unusable(String message, boolean keep) {
      super(message);
      this.keep = keep;
    }

    boolean keep() {
      return keep;
    }
  }

  /**
   * @param database whose class it is: several may be in one directory
   */
  ClassFile(Path database) {
    String name = String.valueOf(database.getFileName());
    file =
        database
            .toAbsolutePath()
            .resolveSibling(name.equals(SqliteStore.DATABASE) ? NAME : name + "." + NAME);
  }

  /**
   * Has a roll take over what is kept. A file that is damaged as a whole is put aside; of one that
   * is damaged in some entries the others are taken over, and a copy is put aside.
   *
   * @throws Unusable when there is a file that cannot be read, or is none of ours, or not all of it
   *     was taken over
   */
  void load(Roll roll) throws Unusable {
    byte[] bytes;
    try (InputStream stream = Files.newInputStream(file)) {
      bytes = stream.readNBytes(BYTES_MAX + 1);
    } catch (NoSuchFileException none) {
      return;
    } catch (IOException e) {
      throw new Unusable(
          "how far the class is cannot be read from %s (%s), and is not kept from now on: give the server's user permission to read it, and start the server again"
              .formatted(file, reason(e)),
          /* keep= */ true);
    }
    parse(roll, bytes);
  }

  private void parse(Roll roll, byte[] bytes) throws Unusable {
    long format;
    JsonArray devices = null;
    try {
      JsonObject json = new JsonObject(Buffer.buffer(bytes));
      format = json.getLong("format");
      if (format == FORMAT && bytes.length <= BYTES_MAX) {
        devices = Objects.requireNonNull(json.getJsonArray("devices"));
      }
    } catch (RuntimeException damaged) { // whatever is wrong with it
      throw putAside();
    }
    if (devices != null) {
      load(roll, devices, bytes);
      return;
    }
    if (format > FORMAT) {
      throw new Unusable(
          "%s is from a newer version of wwep (format %d, this one knows %d), so how far the class is is not kept from now on: use that version, or take the file away and start the server again"
              .formatted(file, format, FORMAT),
          /* keep= */ true);
    }
    throw putAside();
  }

  private void load(Roll roll, JsonArray devices, byte[] bytes) throws Unusable {
    List<String> damaged = roll.load(devices);
    if (damaged.isEmpty()) {
      return;
    }
    String what =
        "%s was damaged in %d of its %d devices, which are left out (%s%s)"
            .formatted(
                file,
                damaged.size(),
                devices.size(),
                String.join("; ", damaged.subList(0, Math.min(TOLD_MAX, damaged.size()))),
                damaged.size() > TOLD_MAX ? "; …" : "");
    try {
      Path aside = aside(path -> write(path, bytes));
      throw new Unusable(
          "%s; the file as it was is kept as %s: mend it there and put it in its place while the server is stopped, or go on without them"
              .formatted(what, aside.getFileName()),
          /* keep= */ false);
    } catch (IOException e) {
      throw new Unusable(
          "%s, and no copy of it can be put aside (%s), so how far the class is is not kept from now on: mend it, and start the server again"
              .formatted(what, reason(e)),
          /* keep= */ true);
    }
  }

  private Unusable putAside() {
    Path aside;
    try {
      aside = aside(path -> Files.move(file, path));
    } catch (IOException e) {
      return new Unusable(
          "%s is damaged and cannot be put aside (%s), so how far the class is is not kept from now on: take it away, and start the server again"
              .formatted(file, reason(e)),
          /* keep= */ true);
    }
    return new Unusable(
        "%s was damaged, so the class starts over and the file is now %s: put a copy of before in its place while the server is stopped, or go on without"
            .formatted(file, aside.getFileName()),
        /* keep= */ false);
  }

  private interface Step {
    void to(Path path) throws IOException;
  }

  /** Each damaged file is kept: the one of before may be the better copy. */
  private Path aside(Step step) throws IOException {
    String name = file.getFileName() + DAMAGED;
    for (int number = 1; number <= DAMAGED_MAX; number++) {
      Path aside = file.resolveSibling(number == 1 ? name : name + "." + number);
      try {
        step.to(aside);
        return aside;
      } catch (FileAlreadyExistsException taken) {
        // The next number, then.
      }
    }
    throw new IOException("there are %d files %s already".formatted(DAMAGED_MAX, name));
  }

  /** Writes down what a roll has to keep; returns why that failed, with the cure, or null. */
  String save(JsonArray devices) {
    byte[] bytes =
        new JsonObject().put("format", FORMAT).put("devices", devices).toBuffer().getBytes();
    Path next = file.resolveSibling(file.getFileName() + NEXT);
    try {
      Files.deleteIfExists(next); // of a crash; its permissions may be any
      write(next, bytes);
      move(next);
      return null;
    } catch (IOException e) {
      return "how far the class is cannot be kept in %s (%s): make room there, or give the server's user permission to write; it is tried again with the next change"
          .formatted(file, reason(e));
    }
  }

  /**
   * On the disk before it gets its name, lest a power cut leaves a name with nothing behind it.
   * Names of people are in it, so its owner alone may read it. A part of it is of no use.
   */
  private static void write(Path path, byte[] bytes) throws IOException {
    FileChannel opened =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            FileMode.PRIVATE.at(path));
    try {
      fill(opened, bytes);
    } catch (IOException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  private static void fill(FileChannel opened, byte[] bytes) throws IOException {
    try (FileChannel channel = opened) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
  }

  private void move(Path next) throws IOException {
    try {
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}

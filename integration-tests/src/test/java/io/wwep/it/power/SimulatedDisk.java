package io.wwep.it.power;

import io.wwep.it.power.PowerTrace.Event;
import io.wwep.it.power.PowerTrace.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The files below a directory at some moment of a trace, as a disk has them: what is there for
 * certain, and what a power loss may take or leave. Replays one event after the other.
 */
final class SimulatedDisk {

  /** SQLite maps this file, and rebuilds it whatever is in it. */
  private static final String SHARED_MEMORY = "-shm";

  private static final int RUBBISH_BYTES = 32 * 1024;

  private final PowerTrace trace;
  private final DiskDirectory top = new DiskDirectory();
  private final Map<Path, DiskDirectory> directories = new HashMap<>();
  private final Map<Long, DiskNode> nodes = new HashMap<>();
  private final List<DiskFile> files = new ArrayList<>();

  /** By number of the sync: when it began. */
  private final Map<Long, Long> syncs = new HashMap<>();

  /** Of what is written when a sync fails. */
  private final Random fates;

  /** Index of the next event. */
  private int next;

  /**
   * @param root what the trace was made of, without links
   * @param start what was in it at the trace's beginning, all on disk; null for nothing
   */
  SimulatedDisk(Path root, PowerTrace trace, Path start) throws IOException {
    this.trace = trace;
    fates = new Random(trace.events().size());
    directories.put(root, top);
    if (start != null) {
      load(start, root);
    }
  }

  private void load(Path from, Path to) throws IOException {
    try (Stream<Path> list = Files.list(from)) {
      for (Path path : list.toList()) {
        Path copy = to.resolve(path.getFileName());
        if (Files.isDirectory(path)) {
          DiskDirectory directory = new DiskDirectory();
          directories.get(to).addDurable(name(copy), directory);
          directories.put(copy, directory);
          load(path, copy);
        } else {
          directories.get(to).addDurable(name(copy), newFile(Files.readAllBytes(path)));
        }
      }
    }
  }

  private DiskFile newFile(byte[] content) {
    DiskFile file = new DiskFile(content);
    files.add(file);
    return file;
  }

  /** Returns the index of the event that comes next. */
  int next() {
    return next;
  }

  /** Replays up to and with the event of this index. */
  void advanceThrough(int index) {
    while (next <= index) {
      replay(trace.events().get(next));
      next++;
    }
  }

  private void replay(Event event) {
    switch (event.kind()) {
      case OPENED -> nodes.put(event.file(), find(Path.of(event.path()).normalize()));
      case CREATED -> {
        DiskFile file = newFile(new byte[0]);
        nodes.put(event.file(), file);
        rename(event.path(), file);
      }
      case MADE_DIRECTORY -> {
        DiskDirectory directory = new DiskDirectory();
        directories.put(Path.of(event.path()), directory);
        rename(event.path(), directory);
      }
      case WRITTEN, RESIZED -> change(event);
      case REMOVED -> rename(event.path(), null);
      case RENAMED -> {
        String[] names = event.path().split("\0", -1);
        DiskNode node = find(Path.of(names[0]));
        rename(names[0], null);
        rename(names[1], node);
      }
      case SYNCING -> syncs.put(event.offset(), (long) next);
      case FAILED -> nodes.get(event.file()).fail(syncs.remove(event.offset()), fates);
      case SYNCED -> nodes.get(event.file()).sync(syncs.remove(event.offset()));
      default -> throw new IllegalStateException(event.toString());
    }
  }

  private DiskNode find(Path path) {
    DiskNode directory = directories.get(path);
    return directory != null ? directory : directories.get(path.getParent()).get(name(path));
  }

  private void rename(String path, DiskNode node) {
    Path file = Path.of(path);
    directories.get(file.getParent()).change(next, name(file), node);
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private void change(Event event) {
    byte[] bytes = event.kind() == Kind.WRITTEN ? trace.payload(event) : null;
    DiskFile file = (DiskFile) nodes.get(event.file());
    file.change(new DiskFile.Change(next, Math.toIntExact(event.offset()), bytes));
  }

  /** Returns the moments of all changes that a power loss may take. */
  long[] pending() {
    LongStream ofFiles =
        files.stream().flatMap(file -> file.pending().stream()).mapToLong(DiskFile.Change::moment);
    LongStream ofNames =
        directories.values().stream()
            .flatMap(directory -> directory.pending().stream())
            .mapToLong(DiskDirectory.Change::moment);
    return LongStream.concat(ofFiles, ofNames).toArray();
  }

  /** Writes what is there after a power loss into a directory that exists and is empty. */
  void write(PowerCut cut, Random random, Path target) throws IOException {
    write(top, cut, random, target);
  }

  private static void write(DiskDirectory directory, PowerCut cut, Random random, Path target)
      throws IOException {
    for (Map.Entry<String, DiskNode> entry : directory.after(cut).entrySet()) {
      Path path = target.resolve(entry.getKey());
      if (entry.getValue() instanceof DiskDirectory below) {
        write(below, cut, random, Files.createDirectory(path));
      } else if (entry.getValue() instanceof DiskFile file) {
        boolean shared = entry.getKey().endsWith(SHARED_MEMORY);
        Files.write(path, shared ? rubbish(random) : file.after(cut));
      }
    }
  }

  /** What programs wrote into shared memory is not in the trace; a disk may have anything of it. */
  private static byte[] rubbish(Random random) {
    byte[] bytes = new byte[random.nextBoolean() ? 0 : RUBBISH_BYTES];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Whether there are the same names and the same bytes for programs as in a directory. */
  void requireSameAs(Path directory) throws IOException {
    PowerCut everything = new PowerCut(PowerCut.Style.EVERYTHING, new long[0], new Random());
    requireSame(top, everything, directory);
  }

  private static void requireSame(DiskDirectory directory, PowerCut everything, Path other)
      throws IOException {
    Map<String, DiskNode> names = directory.after(everything);
    try (Stream<Path> list = Files.list(other)) {
      List<String> there = list.map(SimulatedDisk::name).sorted().toList();
      if (!there.equals(List.copyOf(names.keySet()))) {
        throw new AssertionError("in %s: %s, traced: %s".formatted(other, there, names.keySet()));
      }
    }
    for (Map.Entry<String, DiskNode> entry : names.entrySet()) {
      Path path = other.resolve(entry.getKey());
      if (entry.getValue() instanceof DiskDirectory below) {
        requireSame(below, everything, path);
      } else if (entry.getValue() instanceof DiskFile file
          && !entry.getKey().endsWith(SHARED_MEMORY)) {
        requireSameBytes(file.after(everything), path);
      }
    }
  }

  private static void requireSameBytes(byte[] traced, Path path) throws IOException {
    int at = Arrays.mismatch(traced, Files.readAllBytes(path));
    if (at >= 0) {
      throw new AssertionError("%s is not as traced from byte %d on".formatted(path, at));
    }
  }
}

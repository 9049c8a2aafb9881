package io.wwep.it.power;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Cuts the power of disks, has a store open what each cut leaves, and counts.
 *
 * <p>One thread.
 */
final class PowerCuts {

  /** What tears writes apart is the hardest to get over, and comes more often. */
  private static final List<PowerCut.Style> STYLES =
      List.of(
          PowerCut.Style.NOTHING,
          PowerCut.Style.EVERYTHING,
          PowerCut.Style.IN_ORDER,
          PowerCut.Style.IN_ORDER,
          PowerCut.Style.BY_FILE,
          PowerCut.Style.ONE_LOST,
          PowerCut.Style.SCATTERED,
          PowerCut.Style.SCATTERED,
          PowerCut.Style.SCATTERED);

  private final Path directory;
  private final Random random;
  private final List<String> failures = new ArrayList<>();
  private int images;
  private int imagesTorn;
  private long writesDropped;

  /**
   * @param directory exists; images are made there, and removed again
   */
  PowerCuts(Path directory, Random random) {
    this.directory = directory;
    this.random = random;
  }

  /**
   * Cuts the power now.
   *
   * @param database where the database is below the disk's root
   * @param what for people who look for what went wrong
   */
  void cut(SimulatedDisk disk, Survivor.Check check, Path database, String what)
      throws IOException {
    PowerCut cut = randomCut(disk);
    Path image = Files.createTempDirectory(directory, "image");
    disk.write(cut, random, image);
    images++;
    imagesTorn += cut.torn() > 0 ? 1 : 0;
    writesDropped += cut.lost();
    try {
      new Survivor(image.resolve(database)).check(check);
    } catch (AssertionError | Exception failed) {
      failures.add("%s behind %s: %s".formatted(cut, what, failed));
    }
    remove(image);
  }

  /** Returns a cut of one style or another. */
  PowerCut randomCut(SimulatedDisk disk) {
    return randomCut(disk.pending(), random);
  }

  /** Returns a cut that takes some of the changes. */
  static PowerCut randomCut(long[] pending, Random random) {
    return new PowerCut(STYLES.get(random.nextInt(STYLES.size())), pending, random);
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Returns how many disks were looked at. */
  int images() {
    return images;
  }

  /** Returns how many of them had a write that was there in part. */
  int imagesTorn() {
    return imagesTorn;
  }

  /** Returns how many writes were lost that no sync had confirmed. */
  long writesDropped() {
    return writesDropped;
  }

  /** Returns what was not as it must be. */
  List<String> failures() {
    return failures;
  }
}

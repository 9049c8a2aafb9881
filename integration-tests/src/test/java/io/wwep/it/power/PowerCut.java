package io.wwep.it.power;

import static io.wwep.it.power.DiskFile.SECTOR_BYTES;

import java.util.List;
import java.util.Random;

/**
 * One loss of power: decides which of the changes that no sync has confirmed are on disk.
 *
 * <p>What is assumed is what SQLite assumes of POSIX file systems:
 *
 * <ul>
 *   <li>A sync that succeeded has brought all earlier changes of that file to the disk: its data,
 *       and the size (fdatasync too, which leaves out times alone).
 *   <li>Without one, each sector of each write may be there or not, in any order, and a sector may
 *       end within what was written to it; bytes that nobody wrote to stay.
 *   <li>Sizes change in their order, but independently of the data; where a file grew and its data
 *       did not arrive, there is anything.
 *   <li>Names change independently of files and of each other, the changes of one name in order.
 *       Only a sync of the directory makes them certain, one of the file does not.
 * </ul>
 */
final class PowerCut {

  /** What kind of disk loses its power. */
  enum Style {
    /** Nothing that was not synced is there. */
    NOTHING,
    /** All is there, as after a killed process. */
    EVERYTHING,
    /** Everything is there up to some change, which is torn. */
    IN_ORDER,
    /** Each sector is there or not. */
    SCATTERED,
    /** All of a file is there, or nothing. */
    BY_FILE,
    /** Everything is there but one change. */
    ONE_LOST
  }

  /** What becomes of the changes of one file. */
  interface Fate {

    /** Returns how many of the changes have left their mark on the size. */
    int sizesKept();

    /** Names the pieces of a write that are on disk. */
    void keep(DiskFile.Change write, Pieces pieces);
  }

  /** Receives pieces of a write. */
  interface Pieces {

    /** From one index of its bytes to another, exclusive. */
    void add(int from, int to);
  }

  private static final double[] CHANCES = {0.1, 0.5, 0.9, 0.98};
  private static final int CUT_SECTORS_ONE_IN = 40;

  private final Style style;
  private final Random random;

  /** The change that is torn or lost. */
  private final long chosenMoment;

  /** With which a sector is there. */
  private final double chance;

  private final int rubbish;
  private int lost;
  private int torn;

  /**
   * @param pending moments of all changes that no sync has confirmed
   */
  PowerCut(Style style, long[] pending, Random random) {
    this.style = style;
    this.random = random;
    chosenMoment = pending.length == 0 ? -1 : pending[random.nextInt(pending.length)];
    chance = CHANCES[random.nextInt(CHANCES.length)];
    rubbish = random.nextInt(4);
  }

  /** Returns how many writes were lost as a whole. */
  int lost() {
    return lost;
  }

  /** Returns how many writes were kept in part. */
  int torn() {
    return torn;
  }

  /** Returns how many changes of one name are on disk. */
  int changesKept(List<DiskDirectory.Change> changes) {
    return switch (style) {
      case NOTHING -> 0;
      case EVERYTHING -> changes.size();
      case IN_ORDER -> (int) changes.stream().filter(c -> c.moment() <= chosenMoment).count();
      case ONE_LOST -> changes.size() - (has(changes) ? 1 : 0);
      case SCATTERED, BY_FILE -> random.nextInt(changes.size() + 1);
    };
  }

  private boolean has(List<DiskDirectory.Change> changes) {
    return changes.get(changes.size() - 1).moment() == chosenMoment;
  }

  /** Decides about one file. */
  Fate fateOf(List<DiskFile.Change> changes) {
    boolean whole = style == Style.EVERYTHING || (style == Style.BY_FILE && random.nextBoolean());
    int sizes =
        switch (style) {
          case NOTHING -> 0;
          case EVERYTHING, ONE_LOST -> changes.size();
          case BY_FILE -> whole ? changes.size() : 0;
          case IN_ORDER -> (int) changes.stream().filter(c -> c.moment() <= chosenMoment).count();
          case SCATTERED -> random.nextInt(changes.size() + 1);
        };
    return new Fate() {
      @Override
      public int sizesKept() {
        return sizes;
      }

      @Override
      public void keep(DiskFile.Change write, Pieces pieces) {
        int kept = keepSome(write, whole, pieces);
        lost += kept == 0 ? 1 : 0;
        torn += kept > 0 && kept < write.length() ? 1 : 0;
      }
    };
  }

  /** Returns how many bytes are there. */
  private int keepSome(DiskFile.Change write, boolean whole, Pieces pieces) {
    int length = write.length();
    boolean chosen = write.moment() == chosenMoment;
    int kept =
        switch (style) {
          case NOTHING -> 0;
          case EVERYTHING, BY_FILE -> whole ? length : 0;
          case IN_ORDER ->
              chosen ? random.nextInt(length + 1) : write.moment() < chosenMoment ? length : 0;
          case ONE_LOST -> chosen ? 0 : length;
          case SCATTERED -> -1;
        };
    if (kept < 0) {
      return scatter(write, pieces);
    }
    pieces.add(0, kept);
    return kept;
  }

  private int scatter(DiskFile.Change write, Pieces pieces) {
    int length = write.length();
    int kept = 0;
    int from = 0;
    while (from < length) {
      int to = Math.min(length, from + SECTOR_BYTES - ((write.offset() + from) % SECTOR_BYTES));
      if (random.nextDouble() < chance) {
        boolean cut = random.nextInt(CUT_SECTORS_ONE_IN) == 0;
        int end = cut ? from + random.nextInt(to - from + 1) : to;
        pieces.add(from, end);
        kept += end - from;
      }
      from = to;
    }
    return kept;
  }

  /**
   * Fills a sector that belongs to a file and was never written: mostly zeros, or what lay there.
   */
  void fillUnwritten(byte[] content, int from, int to) {
    if (rubbish == 0) {
      for (int i = from; i < to; i++) {
        content[i] = (byte) random.nextInt();
      }
    } else if (rubbish == 1) {
      // As if the file's own former sectors were used again.
      int sector = random.nextInt(1 + from / SECTOR_BYTES) * SECTOR_BYTES;
      System.arraycopy(content, sector, content, from, to - from);
    }
  }

  @Override
  public String toString() {
    return style.toString();
  }
}

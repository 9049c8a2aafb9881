package io.wwep.it.power;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/**
 * A file of a {@link SimulatedDisk}, whatever names lead to it: what is on disk for certain, and
 * what was changed since.
 */
final class DiskFile implements DiskNode {

  /** What a disk writes as a whole, or else in part. */
  static final int SECTOR_BYTES = 512;

  /** A write, or a new size. */
  static final class Change {

    private final long moment;
    private final int offset;
    private final byte[] bytes;

    /**
     * @param moment when, as a number of the trace's event
     * @param offset of the write; the new size
     * @param bytes what was written; null for a new size
     */
    Change(long moment, int offset, byte[] bytes) {
      this.moment = moment;
      this.offset = offset;
      this.bytes = bytes;
    }

    long moment() {
      return moment;
    }

    int offset() {
      return offset;
    }

    /** Returns how many bytes were written. */
    int length() {
      return bytes.length;
    }

    boolean isResize() {
      return bytes == null;
    }

    /** Returns where the write ends. */
    int end() {
      return offset + bytes.length;
    }
  }

  private Content durable;
  private final List<Change> pending = new ArrayList<>();

  DiskFile(byte[] durable) {
    this.durable = new Content(durable);
  }

  void change(Change change) {
    pending.add(change);
  }

  List<Change> pending() {
    return pending;
  }

  @Override
  public void sync(long beforeMoment) {
    int count = 0;
    while (count < pending.size() && pending.get(count).moment < beforeMoment) {
      Change change = pending.get(count++);
      if (change.isResize()) {
        durable.resize(change.offset);
      } else {
        durable.write(change, 0, change.bytes.length);
        durable.grow(change.end());
      }
    }
    pending.subList(0, count).clear();
  }

  /** The size is in a journal, which is tried again. */
  @Override
  public void fail(long beforeMoment, Random random) {
    List<Change> lost = pending.stream().filter(change -> change.moment < beforeMoment).toList();
    long[] moments = lost.stream().mapToLong(Change::moment).toArray();
    PowerCut cut = PowerCuts.randomCut(moments, random);
    PowerCut.Fate fate = cut.fateOf(lost);
    for (Change change : lost) {
      if (change.isResize()) {
        durable.resize(change.offset);
      } else {
        fate.keep(change, (from, to) -> durable.write(change, from, to));
        durable.grow(change.end());
      }
    }
    pending.subList(0, lost.size()).clear();
  }

  /** Returns what is in the file after a power loss that keeps some of the changes. */
  byte[] after(PowerCut cut) {
    PowerCut.Fate fate = cut.fateOf(pending);
    Content content = new Content(durable);
    for (int i = 0; i < pending.size(); i++) {
      Change change = pending.get(i);
      boolean sizeKept = i < fate.sizesKept();
      if (!change.isResize()) {
        fate.keep(change, (from, to) -> content.write(change, from, to));
        if (sizeKept) {
          content.grow(change.end());
        }
      } else if (sizeKept) {
        content.resize(change.offset);
      }
    }
    return content.finish(cut);
  }

  /**
   * Bytes with a size of their own: what is written behind the size shows only when the size grows,
   * as a file system keeps the one in the file's sectors and the other in its journal.
   */
  private static final class Content {

    private byte[] bytes;
    private int size;

    /** Sectors below the size that hold what somebody wrote; the others hold anything. */
    private final BitSet written;

    Content(byte[] bytes) {
      this.bytes = bytes;
      size = bytes.length;
      written = new BitSet();
      written.set(0, sectors(size));
    }

    Content(Content other) {
      bytes = Arrays.copyOf(other.bytes, Math.max(other.bytes.length, other.size));
      size = other.size;
      written = (BitSet) other.written.clone();
    }

    private static int sectors(int bytes) {
      return (bytes + SECTOR_BYTES - 1) / SECTOR_BYTES;
    }

    void write(Change change, int from, int to) {
      int end = change.offset + to;
      if (end > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
      }
      System.arraycopy(change.bytes, from, bytes, change.offset + from, to - from);
      written.set((change.offset + from) / SECTOR_BYTES, sectors(end));
    }

    void grow(int least) {
      size = Math.max(size, least);
    }

    void resize(int newSize) {
      if (newSize < bytes.length) {
        Arrays.fill(bytes, newSize, bytes.length, (byte) 0);
        written.clear(sectors(newSize), Math.max(sectors(newSize), written.length()));
      }
      size = newSize;
    }

    byte[] finish(PowerCut cut) {
      byte[] whole = Arrays.copyOf(bytes, size);
      int sector = written.nextClearBit(0);
      while (sector * SECTOR_BYTES < size) {
        int from = sector * SECTOR_BYTES;
        cut.fillUnwritten(whole, from, Math.min(size, from + SECTOR_BYTES));
        sector = written.nextClearBit(sector + 1);
      }
      return whole;
    }
  }
}

package io.wwep.tap.change;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** What becomes of what a board sends. One thread. */
public final class RequestChanges {

  private final List<Rewrite> rewrites;
  private final FrameCutter cutter = new FrameCutter(false);

  /** What one read becomes. */
  public static final class Result {

    private final byte[] bytes;
    private final List<Change> changes;

    private Result(byte[] bytes, List<Change> changes) {
      this.bytes = bytes;
      this.changes = changes;
    }

    /** Returns what to send on; it belongs to the caller. */
    public byte[] bytes() {
      return bytes;
    }

    /** Returns what is different, in the order of the stream. */
    public List<Change> changes() {
      return changes;
    }
  }

  /**
   * @param rewrites all rules; those for replies are left aside
   */
  public RequestChanges(List<Rewrite> rewrites) {
    this.rewrites = rewrites.stream().filter(each -> !each.isForReplies()).toList();
  }

  /** Takes one read. */
  public Result take(byte[] bytes, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(length);
    if (rewrites.isEmpty()) {
      out.write(bytes, 0, length);
      return new Result(out.toByteArray(), List.of());
    }
    List<Change> changes = new ArrayList<>();
    for (Piece piece : cutter.cut(bytes, length)) {
      out.writeBytes(piece.isFrame() ? rewritten(piece.bytes(), changes) : piece.bytes());
    }
    return new Result(out.toByteArray(), changes);
  }

  private byte[] rewritten(byte[] frame, List<Change> changes) {
    for (Rewrite each : rewrites) {
      if (each.fits(frame)) {
        byte[] changed = each.apply(frame);
        changes.add(Change.byRule(each.toString(), frame, changed));
        return changed;
      }
    }
    return frame;
  }

  /** Whether the beginning of a frame waits for its rest. */
  public boolean holds() {
    return cutter.holds();
  }

  /** Returns the beginning that waited too long; it goes on as it is. */
  public byte[] release() {
    return cutter.release();
  }
}

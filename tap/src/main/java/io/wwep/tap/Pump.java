package io.wwep.tap;

import io.wwep.tap.change.Change;
import io.wwep.tap.decode.AlertWords;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;

/** Moves the bytes of one direction, on a thread of its own. */
abstract class Pump {

  final Session session;
  final Side from;
  final Wire source;
  final Wire sink;

  Pump(Session session, Side from, Wire source, Wire sink) {
    this.session = session;
    this.from = from;
    this.source = source;
    this.sink = sink;
  }

  /** Whether the beginning of a frame waits here for its rest. */
  abstract boolean holds();

  /** Sends on what waited too long. */
  abstract void release() throws IOException;

  /** Takes one read. */
  abstract void take(byte[] bytes, int length) throws IOException;

  /** Tells of the end of this side, and what it means for what came before. */
  abstract void finish();

  /** The one who should have got the bytes is gone. */
  private static final class SinkGone extends IOException {

    private static final long serialVersionUID = 1L;

    SinkGone(IOException cause) {
      super(cause);
    }
  }

  /** Sends bytes on, at once. */
  final void write(byte[] bytes) throws IOException {
    try {
      sink.output().write(bytes);
      sink.output().flush();
    } catch (IOException e) {
      throw new SinkGone(e);
    }
  }

  /** Moves bytes until this direction is over. */
  final void run() {
    byte[] buffer = new byte[TapLimits.SEGMENT_BYTES_MAX];
    try {
      InputStream input = source.input();
      while (step(input, buffer)) {
        // Bytes were moved.
      }
    } catch (SinkGone e) {
      broken(from.other(), e);
    } catch (IOException e) {
      broken(from, e);
    }
  }

  private boolean step(InputStream input, byte[] buffer) throws IOException {
    source.readTimeout(holds() ? TapLimits.HOLD_MILLIS : 0);
    int length;
    try {
      length = input.read(buffer);
    } catch (SocketTimeoutException pause) {
      release();
      return true;
    }
    if (length >= 0) {
      take(buffer, length);
      return true;
    }
    if (holds()) {
      release();
    }
    session.recording().ended(from);
    if (!session.isOver()) {
      finish();
      sink.endOutput();
    }
    return false;
  }

  /** A read or a write failed: what one side has lost, the other shall see. */
  private void broken(Side side, IOException why) {
    if (!session.end()) {
      return;
    }
    String alert = Handshaking.alert(why);
    if (alert != null && side == Side.BOARD) {
      session.reporter().hungUp(alert, AlertWords.meaning(alert));
    }
    session.ended(side, TapEvent.Ending.RST, List.of());
    session.recording().reset(side);
    sink.reset();
    source.reset();
  }

  /** Returns what was done, for the capture; null when nothing was. */
  static String comment(List<Change> changes) {
    return changes.isEmpty()
        ? null
        : "by the tap: " + String.join("; ", changes.stream().map(Change::by).toList());
  }

  /** Returns a copy of the beginning of an array. */
  static byte[] copy(byte[] bytes, int length) {
    return Arrays.copyOf(bytes, length);
  }
}

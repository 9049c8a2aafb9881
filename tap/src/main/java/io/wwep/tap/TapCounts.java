package io.wwep.tap;

import io.wwep.tap.decode.Message;
import java.util.List;

/** Counts what is told. Methods may be called by any thread, and take turns. */
final class TapCounts {

  private long connections;
  private long turnedAway;
  private long boardBytes;
  private long serverBytes;
  private long requests;
  private long accepted;
  private long rejected;
  private long altered;
  private long faults;
  private long hungUp;

  synchronized void count(TapEvent event) {
    if (event instanceof TapEvent.Opened) {
      connections++;
    } else if (event instanceof TapEvent.Segment segment) {
      boardBytes += segment.from() == Side.BOARD ? segment.length() : 0;
      serverBytes += segment.from() == Side.SERVER ? segment.length() : 0;
      count(segment.messages());
    } else if (event instanceof TapEvent.Ended ended) {
      count(ended.messages());
    } else if (event instanceof TapEvent.Altered) {
      altered++;
    } else if (event instanceof TapEvent.Faulted) {
      faults++;
    } else if (event instanceof TapEvent.HungUp) {
      hungUp++;
    }
  }

  private void count(List<Message> messages) {
    for (Message each : messages) {
      switch (each.kind()) {
        case WRITE, READ, ILLEGAL -> requests++;
        case ACCEPTED -> accepted++;
        case REJECTED -> rejected++;
        default -> {
          // Nothing that is counted.
        }
      }
    }
  }

  synchronized void turnedAway() {
    turnedAway++;
  }

  synchronized TapSummary summary(long packets, String captureFailure) {
    return new TapSummary(
        connections,
        turnedAway,
        boardBytes,
        serverBytes,
        requests,
        accepted,
        rejected,
        altered,
        faults,
        hungUp,
        packets,
        captureFailure);
  }
}

package io.wwep.lesson;

import io.wwep.board.Transmission;
import io.wwep.tap.Side;
import io.wwep.tap.TapEvent;
import io.wwep.tap.decode.Message;

/** Tells what board, tap and server really did. One thread. */
final class Witness {

  private final Teacher teacher;

  Witness(Teacher teacher) {
    this.teacher = teacher;
  }

  void board(Transmission sent) {
    if (!sent.sent().isEmpty()) {
      teacher.saw("board", "sent %s, got %s".formatted(sent.sent(), sent.received()));
    }
    teacher.saw("board", sent.meaning());
  }

  void server(int value) {
    teacher.saw("server", "holds %04X now".formatted(value));
  }

  void segments(Watched seen) {
    for (TapEvent each : seen.all()) {
      if (each instanceof TapEvent.Segment segment) {
        String meaning =
            String.join("; ", segment.messages().stream().map(Message::meaning).toList());
        teacher.saw("tap", "%s  %s: %s".formatted(way(segment.from()), segment.shown(), meaning));
      }
    }
  }

  void records(Watched seen) {
    for (TapEvent each : seen.all()) {
      if (each instanceof TapEvent.Segment segment) {
        for (Message message : segment.messages()) {
          teacher.saw("tap", "%s  %s".formatted(way(segment.from()), message.meaning()));
        }
      }
    }
  }

  void tls(Watched seen) {
    seen.first(TapEvent.Secured.class, each -> each.side() == Side.BOARD)
        .ifPresent(each -> teacher.saw("tap", each.version() + ": " + each.sentence()));
  }

  void alterations(Watched seen) {
    for (TapEvent each : seen.all()) {
      if (each instanceof TapEvent.Altered altered) {
        teacher.saw(
            "tap",
            "%s  made %s of %s"
                .formatted(way(altered.from()), altered.forwarded(), altered.came()));
      }
    }
  }

  private static String way(Side from) {
    return from == Side.BOARD ? "board → server" : "server → board";
  }
}

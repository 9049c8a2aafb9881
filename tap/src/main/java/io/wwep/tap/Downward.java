package io.wwep.tap;

import io.wwep.tap.change.Change;
import io.wwep.tap.change.Delivery;
import io.wwep.tap.change.ReplyChanges;
import io.wwep.tap.decode.Message;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** From the server to the board. */
final class Downward extends Pump {

  private final ReplyChanges changes;

  Downward(Session session, Wire board, Wire server) {
    super(session, Side.SERVER, server, board);
    TapConfig config = session.config();
    changes =
        new ReplyChanges(
            config.rewrites(),
            config.restoresReplies(),
            session.plan(),
            board.remote().getAddress());
  }

  @Override
  boolean holds() {
    return changes.holds();
  }

  @Override
  void release() throws IOException {
    send(changes.release(), null);
  }

  @Override
  void take(byte[] bytes, int length) throws IOException {
    List<Message> messages = session.conversation().fromServer(bytes, length, session.now());
    List<Delivery> deliveries = changes.take(bytes, length, messages);
    session.recording().atServer(Side.SERVER, copy(bytes, length), commentOf(deliveries));
    session.reporter().segment(Side.SERVER, bytes, length, messages);
    for (Delivery each : deliveries) {
      if (!session.isOver()) {
        deliver(each);
      }
    }
  }

  private void deliver(Delivery delivery) throws IOException {
    delivery.changes().forEach(this::tell);
    session.pause(delivery.late());
    String comment = comment(delivery.changes());
    if (delivery.isSplit()) {
      split(delivery.bytes(), comment);
    } else {
      send(delivery.bytes(), comment);
    }
    if (delivery.ending() != Delivery.Ending.NONE) {
      session.cut(delivery.ending() == Delivery.Ending.RESET, comment);
    } else if (delivery.bytes().length == 0 && comment != null) {
      session.recording().note(comment);
    }
  }

  private static String commentOf(List<Delivery> deliveries) {
    return comment(deliveries.stream().flatMap(each -> each.changes().stream()).toList());
  }

  private void tell(Change change) {
    if (change.ofRule()) {
      session.reporter().altered(Side.SERVER, change);
    } else {
      session.reporter().fault(change.by(), change.sentence());
    }
  }

  private void split(byte[] bytes, String comment) throws IOException {
    for (int i = 0; i < bytes.length && !session.isOver(); i++) {
      send(Arrays.copyOfRange(bytes, i, i + 1), i == 0 ? comment : null);
      session.pauseMillis(TapLimits.SPLIT_MILLIS);
    }
  }

  private void send(byte[] bytes, String comment) throws IOException {
    if (bytes.length == 0 || session.isOver()) {
      return;
    }
    session.recording().atBoard(Side.SERVER, bytes, comment);
    write(bytes);
  }

  @Override
  void finish() {
    session.ended(Side.SERVER, TapEvent.Ending.FIN, List.of());
  }
}

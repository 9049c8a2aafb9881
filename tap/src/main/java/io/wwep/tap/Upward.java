package io.wwep.tap;

import io.wwep.tap.change.Change;
import io.wwep.tap.change.RequestChanges;
import io.wwep.tap.decode.Message;
import java.io.IOException;
import java.util.List;

/** From the board to the server. */
final class Upward extends Pump {

  private final RequestChanges changes;

  Upward(Session session, Wire board, Wire server) {
    super(session, Side.BOARD, board, server);
    changes = new RequestChanges(session.config().rewrites());
  }

  @Override
  boolean holds() {
    return changes.holds();
  }

  @Override
  void release() throws IOException {
    forward(changes.release(), null);
  }

  @Override
  void take(byte[] bytes, int length) throws IOException {
    session.recording().atBoard(Side.BOARD, copy(bytes, length), null);
    List<Message> messages = session.conversation().fromBoard(bytes, length, session.now());
    session.reporter().segment(Side.BOARD, bytes, length, messages);
    RequestChanges.Result result = changes.take(bytes, length);
    result.changes().forEach(this::altered);
    forward(result.bytes(), comment(result.changes()));
  }

  private void altered(Change change) {
    session.conversation().altered(change.came(), change.forwarded());
    session.reporter().altered(Side.BOARD, change);
  }

  private void forward(byte[] bytes, String comment) throws IOException {
    if (bytes.length == 0 || session.isOver()) {
      return;
    }
    session.recording().atServer(Side.BOARD, bytes, comment);
    write(bytes);
  }

  @Override
  void finish() {
    session.ended(
        Side.BOARD, TapEvent.Ending.FIN, session.conversation().boardEnded(session.now()));
  }
}

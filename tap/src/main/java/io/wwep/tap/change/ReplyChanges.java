package io.wwep.tap.change;

import io.wwep.tap.decode.Message;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What becomes of what a server sends. One thread. */
public final class ReplyChanges {

  /** Half of an A in bytes: enough to look like one. */
  private static final int HALF = 5;

  private static final byte[] NOTHING = {};
  private static final byte[] REJECTED = {'X'};

  private final List<Rewrite> rewrites;
  private final boolean restores;
  private final FaultPlan plan;
  private final InetAddress board;
  private final FrameCutter cutter = new FrameCutter(true);

  /**
   * @param rewrites all rules; those for requests are left aside
   * @param restores whether a reply is made to say what the board had sent, where that was altered
   * @param board the address of the board
   */
  public ReplyChanges(List<Rewrite> rewrites, boolean restores, FaultPlan plan, InetAddress board) {
    this.rewrites = rewrites.stream().filter(Rewrite::isForReplies).toList();
    this.restores = restores;
    this.plan = plan;
    this.board = board;
  }

  private boolean changesNothing() {
    return rewrites.isEmpty() && !restores && !plan.touchesReplies();
  }

  /**
   * Takes one read.
   *
   * @param messages what was found in it
   */
  public List<Delivery> take(byte[] bytes, int length, List<Message> messages) {
    if (changesNothing()) {
      return List.of(Delivery.asItCame(Arrays.copyOf(bytes, length)));
    }
    Iterator<Message> replies = messages.stream().filter(Message::isReply).iterator();
    List<Delivery> deliveries = new ArrayList<>();
    for (Piece piece : cutter.cut(bytes, length)) {
      Message message =
          piece.kind() != Piece.Kind.OTHER && replies.hasNext() ? replies.next() : null;
      deliveries.add(
          piece.isFrame() ? delivery(piece.bytes(), message) : Delivery.asItCame(piece.bytes()));
    }
    return deliveries;
  }

  /** Whether the beginning of a reply waits for its rest. */
  public boolean holds() {
    return cutter.holds();
  }

  /** Returns the beginning that waited too long; it goes on as it is. */
  public byte[] release() {
    return cutter.release();
  }

  private Delivery delivery(byte[] frame, Message message) {
    int device = message == null ? Fault.ALL : message.device();
    List<Change> changes = new ArrayList<>();
    byte[] reply = rewritten(frame, message, changes);
    Optional<Fault> fault = plan.ofReply(device, board);
    byte[] bytes = fault.isEmpty() ? reply : altered(reply, fault.get().kind());
    Delivery.Ending ending = fault.map(each -> ending(each.kind())).orElse(Delivery.Ending.NONE);
    fault
        .filter(each -> ending != Delivery.Ending.NONE || !Arrays.equals(bytes, reply))
        .ifPresent(each -> changes.add(Change.byFault(each, reply, bytes)));
    // What does not come can be neither late nor in pieces.
    Optional<Fault> delay = plan.delay(device, board).filter(each -> bytes.length > 0);
    delay.ifPresent(each -> changes.add(Change.byFault(each, bytes, bytes)));
    Optional<Fault> split = plan.split(device, board).filter(each -> bytes.length > 1);
    split.ifPresent(each -> changes.add(Change.byFault(each, bytes, bytes)));
    return new Delivery(
        delay.map(Fault::time).orElse(Duration.ZERO), bytes, split.isPresent(), ending, changes);
  }

  private byte[] rewritten(byte[] frame, Message message, List<Change> changes) {
    byte[] reply = restores ? restored(frame, message, changes) : frame;
    for (Rewrite each : rewrites) {
      if (each.fits(reply)) {
        byte[] changed = each.apply(reply);
        changes.add(Change.byRule(each.toString(), reply, changed));
        return changed;
      }
    }
    return reply;
  }

  /** Has an A to an altered request say what the board sent, so that it notices nothing. */
  private static byte[] restored(byte[] frame, Message message, List<Change> changes) {
    if (frame[0] != 'A' || message == null || message.request() == null) {
      return frame;
    }
    byte[] sent = Rewrite.ascii(message.request().toUpperCase(Locale.ROOT));
    byte[] reply = frame.clone();
    if (sent.length > frame.length || (sent[0] != 'W' && sent[0] != 'R')) {
      return frame;
    }
    System.arraycopy(sent, 1, reply, 1, sent.length - 1);
    if (Arrays.equals(reply, frame)) {
      return frame;
    }
    changes.add(Change.byRule("--rewrite-replies", frame, reply));
    return reply;
  }

  private static byte[] altered(byte[] reply, FaultKind kind) {
    return switch (kind) {
      case DROP_REPLY, CLOSE_EARLY, RESET -> NOTHING;
      case HALF_REPLY -> Arrays.copyOf(reply, Math.min(HALF, reply.length / 2));
      case X -> REJECTED;
      case WRONG_REPLY -> ofNextRegister(reply);
      case GARBAGE -> garbage(reply.length);
      default -> reply;
    };
  }

  private static Delivery.Ending ending(FaultKind kind) {
    return switch (kind) {
      case CLOSE_EARLY, HALF_REPLY -> Delivery.Ending.CLOSE;
      case RESET -> Delivery.Ending.RESET;
      default -> Delivery.Ending.NONE;
    };
  }

  /** An X names no register, and stays as it is. */
  private static byte[] ofNextRegister(byte[] reply) {
    if (reply[0] != 'A') {
      return reply;
    }
    byte[] wrong = reply.clone();
    int register = Integer.parseInt(new String(reply, HALF, 2, StandardCharsets.US_ASCII), 16);
    byte[] next = Rewrite.ascii("%02X".formatted((register + 1) & 0xFF));
    System.arraycopy(next, 0, wrong, HALF, next.length);
    return wrong;
  }

  /** The same each time, so that a failing test of a board fails again. */
  private static byte[] garbage(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (0x80 + i * 37);
    }
    return bytes;
  }
}

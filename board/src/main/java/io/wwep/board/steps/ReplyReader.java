package io.wwep.board.steps;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.wwep.board.steps.Passed.Direction;
import io.wwep.client.RawExchange.Ending;
import io.wwep.protocol.ReplyParser;
import io.wwep.protocol.WireText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;

/**
 * Takes the text from the server's packet buffers, as the program on a board does, until the reply
 * is complete or cannot come any more.
 */
final class ReplyReader extends ChannelInboundHandlerAdapter {

  /** Most bytes that are kept of what is no reply. */
  private static final int KEPT_BYTES_MAX = 1 << 16;

  /** How the wait ended. */
  static final class Outcome {

    private final Ending ending;
    private final byte[] received;
    private final IOException failure;
    private final long nanos = System.nanoTime();

    private Outcome(Ending ending, byte[] received, IOException failure) {
      this.ending = ending;
      this.received = received;
      this.failure = failure;
    }

    Ending ending() {
      return ending;
    }

    /** Returns what came by then. */
    byte[] received() {
      return received;
    }

    /** Returns what broke the connection, or null. */
    IOException failure() {
      return failure;
    }

    /** Returns when, by {@link System#nanoTime}. */
    long nanos() {
      return nanos;
    }
  }

  private final Journal journal;
  private final boolean decrypted;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final ReplyParser parser = new ReplyParser(reply -> replies());
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final int wanted;
  private int replies;
  private volatile long endedNanos;

  /**
   * @param decrypted whether the text comes out of TLS
   * @param wanted how many replies; 0 reads until the server closes
   */
  ReplyReader(Journal journal, boolean decrypted, int wanted) {
    this.journal = journal;
    this.decrypted = decrypted;
    this.wanted = wanted;
  }

  /** Completes once, on the event loop. */
  CompletableFuture<Outcome> outcome() {
    return outcome;
  }

  /** Ends the wait from this side; what came by then is kept. */
  void giveUp() {
    end(Ending.TIMED_OUT, null);
  }

  /** Returns when the server ended its side, by {@link System#nanoTime}, or 0. */
  long endedNanos() {
    return endedNanos;
  }

  private void replies() {
    replies++;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf buffer = (ByteBuf) message;
    byte[] bytes = ByteBufUtil.getBytes(buffer);
    if (decrypted) {
      PacketBuffers.filled(buffer, BufferState.Type.R, WireText.show(bytes));
      journal.add(Passed.text(Direction.RECEIVED, bytes, "decrypted"));
    }
    buffer.release();
    if (!outcome.isDone()) {
      take(bytes);
    }
  }

  private void take(byte[] bytes) {
    received.write(bytes, 0, Math.min(bytes.length, KEPT_BYTES_MAX - received.size()));
    if (!parser.parse(bytes, 0, bytes.length)) {
      end(Ending.NOT_WWEP, null);
    } else if (wanted > 0 && replies >= wanted) {
      end(Ending.REPLIED, null);
    } else if (received.size() >= KEPT_BYTES_MAX) {
      end(Ending.TOO_MUCH, null);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (isEnd(event)) {
      noteEnd();
      end(Ending.CLOSED, null);
    }
    context.fireUserEventTriggered(event);
  }

  /** The end of the stream, or of TLS in order; TLS tells of its failures as of ends too. */
  private static boolean isEnd(Object event) {
    return event instanceof ChannelInputShutdownEvent
        || (event instanceof SslCloseCompletionEvent end && end.isSuccess());
  }

  /** From either side. */
  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end(Ending.CLOSED, null);
  }

  @Override
  @SuppressWarnings("deprecation") // The way in which Netty tells of failures.
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    IOException failure = SlowSocket.ioException(cause);
    if (!(failure instanceof SSLException)) {
      noteEnd();
    }
    end(Ending.BROKEN, failure);
  }

  private void noteEnd() {
    endedNanos = endedNanos == 0 ? System.nanoTime() : endedNanos;
  }

  private void end(Ending ending, IOException failure) {
    outcome.complete(new Outcome(ending, received.toByteArray(), failure));
  }
}

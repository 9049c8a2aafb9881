package io.wwep.cli;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A command's results: a buffered stream that remembers why bytes were lost, which a {@link
 * PrintStream} on its own keeps to itself.
 */
final class Output extends PrintStream {

  private static final int BUFFER_BYTES = 1 << 15;

  private final Watched target;
  private final BooleanSupplier pipe;

  /**
   * @param target where the bytes go
   * @param pipe whether that is a pipe; asked when a byte was lost
   */
  Output(OutputStream target, Charset charset, BooleanSupplier pipe) {
    this(new Watched(target), charset, pipe);
  }

  private Output(Watched target, Charset charset, BooleanSupplier pipe) {
    super(new BufferedOutputStream(target, BUFFER_BYTES), false, charset);
    this.target = target;
    this.pipe = pipe;
  }

  /**
   * Flushes, and returns why some of the results did not arrive. A reader that has left, as behind
   * {@code | head}, has what it wanted: then nothing was lost.
   */
  Optional<String> loss() {
    flush();
    return Optional.ofNullable(target.failure)
        .map(failure -> String.valueOf(failure.getMessage()))
        .filter(reason -> !isClosedPipe(reason));
  }

  /** The operating system's words may be in any language, but a pipe has no other failure. */
  private boolean isClosedPipe(String reason) {
    return reason.toLowerCase(Locale.ROOT).contains("pipe") || pipe.getAsBoolean();
  }

  private static final class Watched extends FilterOutputStream {

    private IOException failure;

    Watched(OutputStream target) {
      super(target);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
      try {
        out.write(bytes, start, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }
}

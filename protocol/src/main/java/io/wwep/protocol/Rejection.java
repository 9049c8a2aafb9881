package io.wwep.protocol;

/**
 * Why one {@code X} was answered: a stable code, one sentence with cause and cure, and the bytes
 * that came. Equality goes by content.
 *
 * <p>The sentences of what boards do many times a second are joined, not formatted: event loops
 * make them.
 *
 * @param code the stable code
 * @param sentence cause and cure, for the person whose board got the {@code X}
 * @param received the bytes that came, as {@link WireText#show(byte[])} shows them: cut at 64
 * @param wrongByte index, from 0 on, among the bytes that came of the one that made the frame
 *     illegal; where it is incomplete, of the first that is missing; {@link #NO_BYTE} where no
 *     single byte did
 */
public record Rejection(RejectCode code, String sentence, String received, int wrongByte) {

  /** Stands for no byte. */
  public static final int NO_BYTE = -1;

  private static final byte[] NOTHING = {};

  /** For what no single byte is the cause of. */
  public Rejection(RejectCode code, String sentence, String received) {
    this(code, sentence, received, NO_BYTE);
  }

  private Rejection(RejectCode code, String sentence, byte[] received) {
    this(code, sentence, WireText.show(received));
  }

  private Rejection(RejectCode code, String sentence, byte[] received, int wrongByte) {
    this(code, sentence, WireText.show(received), wrongByte);
  }

  /** What ended a frame early. */
  enum Ending {
    LINE_END("a line end"),
    PAUSE("a pause"),
    CLOSE("the end of the connection");

    private final String words;

    Ending(String words) {
      this.words = words;
    }
  }

  /** Returns the rejection of a read of {@code address}, which nobody wrote. */
  public static Rejection notWritten(int address, byte[] received) {
    RegisterId id = RegisterId.ofAddress(address);
    return new Rejection(
        RejectCode.NOT_WRITTEN,
        "nobody has written register "
            + Hex.text(2, id.register())
            + " of device "
            + Hex.text(4, id.device())
            + " yet: write it first, as in W"
            + id
            + "1234",
        received);
  }

  static Rejection incomplete(int came, int expected, Ending ending, byte[] received) {
    return new Rejection(
        RejectCode.INCOMPLETE,
        came
            + " of the "
            + expected
            + " bytes of a "
            + kind(expected)
            + " came before "
            + ending.words
            + ": send the whole frame in one go",
        received,
        came);
  }

  static Rejection tooLong(int expected, byte extra, byte[] received) {
    String cure =
        extra == 0
            ? "the string's terminating NUL was sent too: send strlen(), not sizeof"
            : "a "
                + kind(expected)
                + " is "
                + expected
                + " bytes, and "
                + quote(extra)
                + " follows: end the frame after its last digit";
    return new Rejection(RejectCode.TOO_LONG, cure, received, expected);
  }

  static Rejection badCommand(byte first, byte[] received) {
    String cure =
        first == 'r' || first == 'w'
            ? "the command letter is upper case: send "
                + Character.toUpperCase((char) first)
                + ", not "
                + (char) first
            : "a frame starts with R (read) or W (write), not with " + quote(first);
    return new Rejection(RejectCode.BAD_COMMAND, cure, received, 0);
  }

  /**
   * @param position of the byte in its frame, the command letter being 1
   */
  static Rejection badDigit(int position, byte digit, byte[] received) {
    String part = position <= 5 ? "device" : position <= 7 ? "register" : "value";
    return new Rejection(
        RejectCode.BAD_DIGIT,
        "byte "
            + position
            + " (in the "
            + part
            + ") is "
            + quote(digit)
            + " and no hex digit: send 0-9, A-F or a-f there",
        received,
        position - 1);
  }

  /**
   * Returns the rejection of a TLS handshake on the plain port.
   *
   * @param tlsPort where TLS is served, or a negative number where it is not
   */
  public static Rejection tlsOnPlainPort(int tlsPort, byte[] received) {
    return new Rejection(
        RejectCode.TLS_ON_PLAIN_PORT,
        "a TLS handshake came to the plain port: "
            + (tlsPort >= 0
                ? "connect to the TLS port, %d".formatted(tlsPort)
                : "this server serves no TLS, start it without --no-tls"),
        received);
  }

  /**
   * Returns the rejection of a frame in clear on the TLS port.
   *
   * @param plainPort where the plain protocol is served, or a negative number where it is not
   */
  public static Rejection plainOnTlsPort(int plainPort, byte[] received) {
    return new Rejection(
        RejectCode.PLAIN_ON_TLS_PORT,
        "WWEP in clear came to the TLS port: enable TLS on the socket before it connects"
            + (plainPort >= 0
                ? ", or connect to the plain port, %d".formatted(plainPort)
                : "; this server serves no plain port"),
        received);
  }

  /**
   * Returns the rejection of text on the TLS port that is no protocol known here.
   *
   * @param plainPort where the plain protocol is served, or a negative number where it is not
   */
  public static Rejection textOnTlsPort(int plainPort, byte[] received) {
    return tlsFailed(
        "what came to the TLS port is neither TLS nor WWEP: begin with a TLS handshake"
            + (plainPort >= 0
                ? ", or send WWEP in clear to the plain port, %d".formatted(plainPort)
                : "; this server serves no plain port"),
        received);
  }

  /**
   * Returns the rejection of an HTTP request.
   *
   * @param consoleUrl where the browser console is, or null where none is served
   */
  public static Rejection http(String consoleUrl, byte[] received) {
    return new Rejection(
        RejectCode.HTTP,
        "an HTTP request came, and this port speaks WWEP: "
            + (consoleUrl != null
                ? "open %s in the browser".formatted(consoleUrl)
                : "send a frame instead, as in R0FAC0B; this server has no browser console"),
        received);
  }

  /** Returns the rejection of a failed TLS handshake, explained by {@code sentence}. */
  public static Rejection tlsFailed(String sentence, byte[] received) {
    return new Rejection(RejectCode.TLS_FAILED, sentence, received);
  }

  /** Returns the rejection of a request that the access policy forbids. */
  public static Rejection denied(String sentence, byte[] received) {
    return new Rejection(RejectCode.DENIED, sentence, received);
  }

  /** Returns the rejection of a write that did not reach the disk, explained by {@code cause}. */
  public static Rejection storage(String cause, byte[] received) {
    return new Rejection(
        RejectCode.STORAGE,
        "the write could not be made durable and nothing was stored: " + cause,
        received);
  }

  /** Returns the rejection of a connection beyond a limit. */
  public static Rejection limited(String sentence) {
    return limited(sentence, NOTHING);
  }

  /** Returns the rejection of a request beyond a limit. */
  public static Rejection limited(String sentence, byte[] received) {
    return new Rejection(RejectCode.LIMITED, sentence, received);
  }

  private static String kind(int expected) {
    return expected == Wwep.READ_LENGTH ? "read" : "write";
  }

  private static String quote(byte b) {
    return b >= ' ' && b < 0x7F ? "'" + (char) b + "'" : WireText.show(b);
  }

  @Override
  public String toString() {
    return "%s: %s (%s)".formatted(code.word(), sentence, received);
  }
}

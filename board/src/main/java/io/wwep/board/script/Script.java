package io.wwep.board.script;

import java.util.List;

/**
 * What a board is to do, a step a line:
 *
 * <pre>
 * # What follows a hash is for people.
 * press 0                  flip the LED, and send it over plain TCP; 1 is TLS
 * expect A                 hold the reply of the message before against this
 * send W01234              any bytes, with escapes; behind tls over TLS
 * expect X
 * repeat 10                play what stands until end so often
 *   read                   the LED's register; read tls
 *   wait 200ms
 * end
 * verify pin               none, root or pin
 * identity off             whether to show the client certificate
 * led on                   without sending
 * illegal                  the lecture's illegal packet; illegal tls
 * </pre>
 *
 * <p>{@code expect} takes {@code A}, {@code X}, {@code none}, a reply to the byte in which {@code
 * ?} is any character, {@code X} and a code, a reason for no reply as {@link
 * io.wwep.board.Verdict#word} has it, {@code within 100ms}, or {@code led on}. In bytes {@code
 * {id}} is the board's device ID. Immutable; one script can be played by any number of boards at
 * once.
 */
public final class Script {

  /** Bytes of a script at most. */
  public static final int BYTES_MAX = 1 << 20;

  /** Steps that a script plays at most, repetitions counted. */
  public static final int STEPS_MAX = 1_000_000;

  /** How often steps are repeated at most. */
  public static final int REPEAT_MAX = 100_000;

  /** How deep repetitions stand in each other at most. */
  public static final int NESTING_MAX = 8;

  /**
   * What boards were given that a script may ask for.
   *
   * @param rootCertificate whether there is one to verify with
   * @param clientCertificate whether there is one to show
   */
  public record Equipment(boolean rootCertificate, boolean clientCertificate) {}

  private final List<Step.Line> lines;

  Script(List<Step.Line> lines) {
    this.lines = List.copyOf(lines);
  }

  /**
   * Reads a script as a whole.
   *
   * @param text of at most {@link #BYTES_MAX} characters
   * @param equipment of the boards that will play it
   * @throws ScriptException at the first thing that cannot be understood, or that such boards
   *     cannot do
   */
  public static Script parse(String text, Equipment equipment) throws ScriptException {
    return new ScriptParser(equipment).parse(text);
  }

  List<Step.Line> lines() {
    return lines;
  }
}

package io.wwep.board.script;

import io.wwep.board.Verification;
import io.wwep.protocol.WireText;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a script line by line. Used once. */
final class ScriptParser {

  private static final Pattern TIME = Pattern.compile("(\\d{1,7})(ms|s|m)");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");
  private static final Duration TIME_MAX = Duration.ofHours(1);
  private static final String A_TIME = "a time from 1ms to 60m, as in 200ms or 2s";
  private static final List<String> SWITCH = List.of("on", "off");

  /** Reads what stands behind a command's word. */
  private interface Reader {

    Step read(Words words) throws ScriptException;
  }

  /** What is being filled until its end comes. */
  private static final class Block {

    private final int line;
    private final int column;
    private final String text;
    private final int times;
    private final List<Step.Line> lines = new ArrayList<>();

    Block(int line, int column, String text, int times) {
      this.line = line;
      this.column = column;
      this.text = text;
      this.times = times;
    }
  }

  private final Map<String, Reader> commands = new TreeMap<>();
  private final Deque<Block> blocks = new ArrayDeque<>();
  private final Script.Equipment equipment;
  private long stepsOfOuter = 1;
  private long steps;

  /** Where the last message is written, for the expectation behind it; null at the beginning. */
  private List<Step.Line> lastSentIn;

  private int lastSentAt;

  ScriptParser(Script.Equipment equipment) {
    this.equipment = equipment;
    commands.put("press", words -> new Step.Press(button(words)));
    commands.put("send", ScriptParser::send);
    commands.put("read", words -> new Step.ReadBack(words.takes("tls")));
    commands.put("illegal", words -> new Step.Illegal(words.takes("tls")));
    commands.put("wait", words -> new Step.Wait(time(words)));
    commands.put("expect", words -> new Step.Expect(ExpectationParser.read(words)));
    commands.put("verify", this::verify);
    commands.put("identity", this::identity);
    commands.put("led", words -> new Step.Led(isOn(words)));
    commands.put("repeat", null);
    commands.put("end", null);
  }

  Script parse(String text) throws ScriptException {
    blocks.push(new Block(1, 1, "", 1));
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      line(number, new Words(number, number == 1 ? line.replaceFirst("^\uFEFF", "") : line));
    }
    Block open = blocks.pop();
    if (!blocks.isEmpty()) {
      throw new ScriptException(
          open.line, open.column, "repeat has no end: put 'end' on a line behind its last step");
    }
    if (open.lines.isEmpty()) {
      throw new ScriptException(1, 1, "the script has no step: begin with 'press 0'");
    }
    return new Script(open.lines);
  }

  private void line(int number, Words words) throws ScriptException {
    if (words.isEmpty()) {
      return;
    }
    String command = words.need("a command");
    switch (command) {
      case "repeat" -> begin(number, words);
      case "end" -> end(number, words);
      default -> step(number, command, words);
    }
  }

  private void step(int number, String command, Words words) throws ScriptException {
    Reader reader = commands.get(command);
    if (reader == null) {
      List<String> known = List.copyOf(commands.keySet());
      throw words.unknown(
          "there is no command '%s'".formatted(shown(command)), command, known, Words.list(known));
    }
    int column = words.column();
    Step step = reader.read(words);
    words.requireEnd();
    count(number, column);
    List<Step.Line> lines = blocks.element().lines;
    if (step instanceof Step.Expect expect && expect.expectation().isOfMessage()) {
      judge(expect.expectation(), number, column);
    }
    if (step.sends()) {
      lastSentIn = lines;
      lastSentAt = lines.size();
    }
    lines.add(new Step.Line(number, words.text(), step, false));
  }

  private static String shown(String word) {
    return word.length() > 40 ? word.substring(0, 40) + "…" : word;
  }

  /** An expectation takes the place of what a board would make of the message by itself. */
  private void judge(Expectation expectation, int number, int column) throws ScriptException {
    if (lastSentIn == null) {
      throw new ScriptException(
          number,
          column,
          "nothing was sent before this expect: begin with press, send, read or illegal");
    }
    if (!(expectation instanceof Expectation.Within)) {
      Step.Line sent = lastSentIn.get(lastSentAt);
      lastSentIn.set(lastSentAt, new Step.Line(sent.number(), sent.text(), sent.step(), true));
    }
  }

  // ---- repetitions

  private void begin(int number, Words words) throws ScriptException {
    String digits = words.need("how often, from 1 to %d".formatted(Script.REPEAT_MAX));
    int times = NUMBER.matcher(digits).matches() ? Integer.parseInt(digits) : 0;
    if (times < 1 || times > Script.REPEAT_MAX) {
      throw words.wrong(
          "repeat takes a number from 1 to %d, not '%s'"
              .formatted(Script.REPEAT_MAX, shown(digits)));
    }
    if (blocks.size() > Script.NESTING_MAX) {
      throw words.wrong(
          "repetitions stand more than %d deep in each other: take one out"
              .formatted(Script.NESTING_MAX));
    }
    words.requireEnd();
    stepsOfOuter = Math.min(stepsOfOuter * times, Integer.MAX_VALUE);
    blocks.push(new Block(number, 1, words.text(), times));
  }

  private void end(int number, Words words) throws ScriptException {
    if (blocks.size() == 1) {
      throw words.wrong("there is no repeat that ends here: take it out");
    }
    words.requireEnd();
    Block block = blocks.pop();
    if (block.lines.isEmpty()) {
      throw new ScriptException(number, 1, "there is nothing to repeat: put a step before the end");
    }
    stepsOfOuter = blocks.stream().mapToLong(each -> each.times).reduce(1, Math::multiplyExact);
    // The body stays the list that an expectation behind it may still mark.
    blocks
        .element()
        .lines
        .add(
            new Step.Line(
                block.line, block.text, new Step.Repeat(block.times, block.lines), false));
  }

  private void count(int number, int column) throws ScriptException {
    steps += stepsOfOuter;
    if (steps > Script.STEPS_MAX) {
      throw new ScriptException(
          number,
          column,
          "the script plays more than %d steps with this one: repeat less"
              .formatted(Script.STEPS_MAX));
    }
  }

  // ---- commands

  private static int button(Words words) throws ScriptException {
    return words.oneOf("a button", List.of("0", "1")).equals("1") ? 1 : 0;
  }

  private static Step send(Words words) throws ScriptException {
    boolean overTls = words.takes("tls");
    String bytes = words.rest("what to send, as in W0FAC0B1234");
    try {
      WireText.parse(bytes);
    } catch (IllegalArgumentException e) {
      throw words.wrong(e.getMessage());
    }
    return new Step.Send(overTls, bytes);
  }

  private Step verify(Words words) throws ScriptException {
    Verification choice =
        switch (words.oneOf("a verification", List.of("none", "root", "pin"))) {
          case "none" -> Verification.NONE;
          case "root" -> Verification.ROOT;
          default -> Verification.PIN;
        };
    if (choice == Verification.ROOT && !equipment.rootCertificate()) {
      throw words.wrong("there is no root certificate to verify with: start with --ca FILE");
    }
    return new Step.Verify(choice);
  }

  private Step identity(Words words) throws ScriptException {
    boolean shown = isOn(words);
    if (shown && !equipment.clientCertificate()) {
      throw words.wrong("there is no client certificate to show: start with --cert FILE");
    }
    return new Step.Identity(shown);
  }

  static boolean isOn(Words words) throws ScriptException {
    return words.oneOf("a switch", SWITCH).equals("on");
  }

  static Duration time(Words words) throws ScriptException {
    String text = words.need(A_TIME);
    Matcher match = TIME.matcher(text);
    if (!match.matches()) {
      throw words.wrong("here belongs %s, not '%s'".formatted(A_TIME, shown(text)));
    }
    long number = Long.parseLong(match.group(1));
    Duration time =
        switch (match.group(2)) {
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofMillis(number);
        };
    if (time.isZero() || time.compareTo(TIME_MAX) > 0) {
      throw words.wrong("here belongs %s, not '%s'".formatted(A_TIME, shown(text)));
    }
    return time;
  }
}

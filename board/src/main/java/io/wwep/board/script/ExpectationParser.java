package io.wwep.board.script;

import io.wwep.board.Answer;
import io.wwep.board.Verdict;
import io.wwep.protocol.RejectCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what a script expects. */
final class ExpectationParser {

  private static final Pattern REPLIES = Pattern.compile("(A[0-9A-F?]{10}|X)+");

  /** Verdicts that say why no reply came, or which one. */
  private static final List<Verdict> REASONS =
      List.of(Verdict.NO_REPLY, Verdict.UNREACHABLE, Verdict.NOT_TRUSTED, Verdict.WRONG_REPLY);

  private ExpectationParser() {}

  static Expectation read(Words words) throws ScriptException {
    String word = words.need("what to expect: " + Words.list(known()));
    return switch (word) {
      case "A" -> new Expectation.OfAnswer(Answer.ACCEPTED);
      case "X" -> rejection(words);
      case "none" -> new Expectation.OfAnswer(Answer.NONE);
      case "led" -> new Expectation.OfLed(ScriptParser.isOn(words));
      case "within" -> new Expectation.Within(ScriptParser.time(words));
      default -> {
        Optional<Verdict> reason =
            REASONS.stream().filter(each -> each.word().equals(word)).findFirst();
        yield reason.isPresent() ? new Expectation.OfVerdict(reason.get()) : bytes(words, word);
      }
    };
  }

  private static List<String> known() {
    List<String> known = new ArrayList<>(List.of("A", "X", "none"));
    REASONS.forEach(each -> known.add(each.word()));
    known.addAll(List.of("within", "led", "A{id}050001"));
    return known;
  }

  private static Expectation rejection(Words words) throws ScriptException {
    Optional<String> code = words.next();
    if (code.isEmpty()) {
      return new Expectation.OfAnswer(Answer.REJECTED);
    }
    List<String> known = Arrays.stream(RejectCode.values()).map(RejectCode::word).toList();
    if (!known.contains(code.get())) {
      throw words.unknown(
          "'%s' is no reason for an X".formatted(code.get()), code.get(), known, Words.list(known));
    }
    return new Expectation.OfCode(code.get());
  }

  private static Expectation bytes(Words words, String text) throws ScriptException {
    if (REPLIES.matcher(text.replace(Placeholders.ID, "0000")).matches()) {
      return new Expectation.OfBytes(text);
    }
    if (text.startsWith("A")) {
      throw words.wrong(
          "a reply has A and ten hex digits in upper case, as in A0FAC0B1234; ? stands for any, {id} for the device ID");
    }
    throw words.unknown(
        "nobody can expect '%s'".formatted(text), text, known(), Words.list(known()));
  }
}

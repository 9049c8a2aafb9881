package io.wwep.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wwep.protocol.WireText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code wwep send} is given: any text is bytes, or gets a sentence. */
class SendTextFuzzTest {

  private static final Pattern PIECE =
      Pattern.compile(
          "(?s)\\\\x(?<hex>[0-9A-Fa-f]{2})|\\\\(?<letter>[rnt0\\\\])|(?<text>[^\\\\]+)");

  @DictionaryFile(resourcePath = "send.dict")
  @FuzzTest
  void shouldBeBytesOrSayWhichEscapeIsWrong(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    byte[] expected = meant(text);
    byte[] actual = null;
    try {
      actual = WireText.parse(text);
    } catch (IllegalArgumentException e) {
      Sentences.require(e.getMessage(), input);
    }
    if (!Arrays.equals(expected, actual)) {
      throw new AssertionError(
          "%s: %s expected, not %s"
              .formatted(text, Arrays.toString(expected), Arrays.toString(actual)));
    }
    requireSameBack(input);
  }

  /** Returns the bytes by the help of {@code wwep send}; null where an escape is none of its. */
  private static byte[] meant(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Matcher piece = PIECE.matcher(text);
    int end = 0;
    while (piece.find() && piece.start() == end) {
      end = piece.end();
      if (piece.group("hex") != null) {
        bytes.write(Integer.parseInt(piece.group("hex"), 16));
      } else if (piece.group("letter") != null) {
        bytes.write("\r\n\t\0\\".charAt("rnt0\\".indexOf(piece.group("letter"))));
      } else {
        bytes.writeBytes(piece.group("text").getBytes(StandardCharsets.UTF_8));
      }
    }
    return end == text.length() ? bytes.toByteArray() : null;
  }

  /** What is shown of bytes can be sent again, if a backslash among them is doubled. */
  private static void requireSameBack(byte[] bytes) {
    StringBuilder shown = new StringBuilder();
    for (byte each : bytes) {
      shown.append(WireText.show(each));
    }
    if (!Arrays.equals(bytes, WireText.parse(shown.toString()))) {
      throw new AssertionError("not the same bytes again: " + shown);
    }
  }
}

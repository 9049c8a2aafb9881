package io.wwep.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wwep.certs.IdentityException;
import io.wwep.certs.embed.Embedding;
import io.wwep.certs.embed.Firmware;
import io.wwep.certs.file.Conversion;
import io.wwep.certs.file.Converted;
import io.wwep.certs.file.CryptoFile;
import io.wwep.certs.file.Form;
import io.wwep.certs.file.Item;
import io.wwep.certs.file.Password;
import io.wwep.certs.file.Relations;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Any file is described, or gets a sentence; what it is converted to is read again, is all there,
 * and has no flaws.
 */
class CryptoFileFuzzTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final List<Form> FORMS = List.of(Form.values());
  private static final List<Firmware> KINDS = List.of(Firmware.values());
  private static final Password SECRET = Password.of("secret");

  /**
   * The first byte picks what is done with the file: bit 0 opens it with a password, the others
   * choose one form and one firmware, since all of them take long.
   */
  @DictionaryFile(resourcePath = "pem.dict")
  @FuzzTest
  void shouldDescribeOrSayWhatIsWrong(byte[] input) {
    if (input.length == 0) {
      return;
    }
    Password password = (input[0] & 1) == 0 ? Password.NONE : SECRET;
    byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
    try {
      CryptoFile file = read(bytes, password);
      Relations.of(List.of(file), NOW)
          .problems()
          .forEach(problem -> Sentences.require(problem, bytes));
      file.items().forEach(each -> describe(each, bytes));
      int choice = (input[0] & 0xFF) >> 1;
      convert(file, FORMS.get(choice % FORMS.size()), bytes);
      embed(file, KINDS.get(choice % KINDS.size()), bytes);
    } catch (IdentityException e) {
      Sentences.require(e.getMessage(), bytes);
    }
  }

  private static CryptoFile read(byte[] bytes, Password password) {
    return CryptoFile.read(new ByteArrayInputStream(bytes), "the input", password);
  }

  private static void describe(Item item, byte[] input) {
    var about = item.describe(NOW);
    if (about.title().isEmpty() || about.values().containsValue("null")) {
      throw new AssertionError("this is no description: " + about.values() + " of " + input.length);
    }
  }

  private static void convert(CryptoFile file, Form form, byte[] input) {
    try {
      Converted made =
          new Conversion(List.of(file)).to(form, form == Form.PKCS12 ? SECRET : Password.NONE);
      made.notes().forEach(note -> Sentences.require(note, input));
      CryptoFile again = read(made.bytes(), SECRET);
      if (!again.flaws().isEmpty()) {
        throw new AssertionError("what was written has flaws: " + again.flaws());
      }
      Converted second = new Conversion(List.of(again)).to(form, SECRET);
      // PKCS#12 and encrypted keys have salts; PKCS#7 is a set, which is sorted in its own way.
      boolean alike = form == Form.PEM || form == Form.CERTIFICATES || form == Form.DER;
      if (alike && !Arrays.equals(made.bytes(), second.bytes())) {
        throw new AssertionError("%s became %s".formatted(made, second));
      }
    } catch (IdentityException e) {
      Sentences.require(e.getMessage(), input);
    }
  }

  private static void embed(CryptoFile file, Firmware firmware, byte[] input) {
    try {
      var made = Embedding.of(file, firmware, "a.pem", null);
      made.files().values().forEach(CryptoFileFuzzTest::requireAscii);
    } catch (IdentityException e) {
      Sentences.require(e.getMessage(), input);
    }
  }

  private static void requireAscii(String source) {
    if (!source.chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~'))) {
      throw new AssertionError("this is no source: " + source);
    }
  }
}

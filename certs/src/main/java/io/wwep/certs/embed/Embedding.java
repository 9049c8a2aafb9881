package io.wwep.certs.embed;

import io.wwep.certs.CertificateWords;
import io.wwep.certs.IdentityException;
import io.wwep.certs.file.Conversion;
import io.wwep.certs.file.Converted;
import io.wwep.certs.file.CryptoFile;
import io.wwep.certs.file.Form;
import io.wwep.certs.file.Password;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Makes of a file with certificates, or with a key alone, what a firmware can be built with. */
public final class Embedding {

  /** What C promises of names that the linker sees, and more than anyone types. */
  private static final int IDENTIFIER_MAX = 63;

  /** What stands for the name of an application that was not given. */
  private static final String SOME_APPLICATION = "myapp";

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

  /** Words of C, C++ and Python, and names that their libraries have taken; in small letters. */
  private static final Set<String> RESERVED =
      Set.of(
          """
              __asm__ _alignas _alignof _atomic _bool _complex _generic _imaginary _noreturn
              _pragma _static_assert _thread_local alignas alignof and and_eq as asm assert
              async auto await bitand bitor bool break case catch char class compl concept
              const const_cast constexpr continue decltype def default del delete do double
              dynamic_cast elif else enum errno except explicit export extern false finally
              float for friend from global goto if import in inline int is lambda long main
              mutable namespace new noexcept none nonlocal not not_eq nullptr operator or
              or_eq pass private protected public raise register reinterpret_cast requires
              restrict return short signed sizeof static static_assert static_cast struct
              switch template this thread_local throw true try typedef typeid typename union
              unsigned using virtual void volatile wchar_t while with xor xor_eq yield
          """
              .strip()
              .split("\\s+"));

  private Embedding() {}

  /** Returns whether a text can be a name in a source. */
  public static boolean isIdentifier(String text) {
    return IDENTIFIER.matcher(text).matches() && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
  }

  /**
   * Returns what a firmware needs.
   *
   * @param fileName what the file is called, with or without its end
   * @param name what it is to be called in a source, or null for one by the file's name
   * @throws IdentityException when there is neither a certificate nor a key in the file
   */
  public static Embedded of(CryptoFile file, Firmware firmware, String fileName, String name) {
    Converted pem = new Conversion(List.of(file)).to(Form.PEM, Password.NONE);
    if (!pem.secret() && !pem.text().startsWith("-----BEGIN CERTIFICATE-----")) {
      throw new IdentityException(
          "%s holds neither a certificate nor a private key: give a file with one"
              .formatted(file.name()));
    }
    String stem = identifier(stem(fileName));
    Payload payload =
        new Payload(
            name == null ? stem : name,
            stem,
            name == null ? SOME_APPLICATION : name,
            comment(pem.what()),
            pem.secret(),
            pem.text(),
            ders(pem.text()));
    Embedded made =
        switch (firmware) {
          case C -> CSource.source(payload);
          case HEADER -> CSource.header(payload);
          case WICED_DCT -> WicedSource.dct(payload);
          case WICED_RESOURCE -> WicedSource.resource(payload);
          case ARDUINO -> ArduinoSource.of(payload);
          case MICROPYTHON -> PythonSource.of(payload);
        };
    List<String> notes = new ArrayList<>(pem.notes());
    if (!pem.secret()) {
      root(file).ifPresent(notes::add);
    }
    return withNotes(made, notes);
  }

  /** What a server shows is signed again and again; who signs it stays. */
  private static Optional<String> root(CryptoFile file) {
    return file.certificates().stream()
        .map(CertificateWords::of)
        .limit(1)
        .filter(each -> each.isServer() && !each.isSelfIssued())
        .map(
            each ->
                "this is a server's own certificate, and most boards take a root alone: embed that of %s, which holds when the server gets another one too"
                    .formatted(each.issuerShortName()))
        .findFirst();
  }

  private static Embedded withNotes(Embedded made, List<String> more) {
    List<String> notes = new ArrayList<>();
    if (made.secret()) {
      notes.add(
          "this is a private key, and who gets the firmware or its source gets it: give each board a key of its own, and keep the file out of version control");
    }
    notes.addAll(more);
    notes.addAll(made.notes());
    return new Embedded(made.main(), made.files(), made.secret(), made.steps(), notes);
  }

  private static List<byte[]> ders(String pem) {
    return Stream.of(pem.split("-----END [A-Z ]+-----\n"))
        .map(block -> block.substring(block.indexOf('\n') + 1))
        .map(body -> Base64.getMimeDecoder().decode(body))
        .toList();
  }

  private static String stem(String fileName) {
    return fileName.replaceFirst("(\\.key)?\\.[^.]*$", fileName.contains(".key.") ? "_key" : "");
  }

  /** Returns what of a name can be one in a source. */
  static String identifier(String text) {
    String plain = text.replaceAll("[^A-Za-z0-9_]+", "_").replaceAll("^_+|_+$", "");
    String started = plain.isEmpty() ? "certificate" : plain;
    String name = Character.isDigit(started.charAt(0)) ? "cert_" + started : started;
    String cut = name.substring(0, Math.min(name.length(), IDENTIFIER_MAX));
    return isIdentifier(cut) ? cut : cut + "_pem";
  }

  /** What others wrote must not end a comment, go on in the next line, or begin a trigraph. */
  private static String comment(String text) {
    return text.replaceAll("[^A-Za-z0-9 .,:=@_+()'*/-]", "_")
        .replace("*/", "*_")
        .replace("/*", "_*")
        .strip();
  }
}

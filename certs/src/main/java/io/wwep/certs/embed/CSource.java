package io.wwep.certs.embed;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Arrays of characters in C99, which C++ takes too. */
final class CSource {

  /** What a compiler has to take in one string (C99, section 5.2.4.1). */
  private static final int LITERAL_MAX = 4_095;

  private CSource() {}

  static Embedded source(Payload payload) {
    String text =
        """
        /* %s
         *
         * PEM with CR LF at each line's end. Elsewhere: extern const char %s[];
         * sizeof(%s) counts the NUL at the end where it is visible, as mbed TLS wants it in
         * mbedtls_%s; WICED wants strlen(%s).
         */
        extern const char %s[];
        const char %s[] =
        %s;
        """
            .formatted(
                payload.about(),
                payload.identifier(),
                payload.identifier(),
                payload.key() ? "pk_parse_key" : "x509_crt_parse",
                payload.identifier(),
                payload.identifier(),
                payload.identifier(),
                literal(payload));
    return embedded(payload, payload.fileName() + ".c", text);
  }

  static Embedded header(Payload payload) {
    String guard = payload.identifier().toUpperCase(Locale.ROOT) + "_H";
    String text =
        """
        /* %s
         *
         * PEM with CR LF at each line's end. sizeof(%s) counts the NUL at the end, as mbed TLS
         * wants it in mbedtls_%s; WICED wants strlen(%s).
         */
        #ifndef %s
        #define %s

        #if defined(__GNUC__)
        __attribute__((unused)) /* whoever includes this need not use it */
        #endif
        static const char %s[] =
        %s;

        #endif
        """
            .formatted(
                payload.about(),
                payload.identifier(),
                payload.key() ? "pk_parse_key" : "x509_crt_parse",
                payload.identifier(),
                guard,
                guard,
                payload.identifier(),
                literal(payload));
    return embedded(payload, payload.fileName() + ".h", text);
  }

  /** Returns the lines of PEM as strings, one a line; the compiler joins them. */
  private static String literal(Payload payload) {
    return payload.pemLines().stream()
        .map(line -> "    \"%s\\r\\n\"".formatted(line))
        .collect(Collectors.joining("\n"));
  }

  private static Embedded embedded(Payload payload, String file, String text) {
    int length = payload.pem().length() + payload.pemLines().size();
    List<String> notes =
        length > LITERAL_MAX
            ? List.of(
                "the string has %d characters, and old compilers take %d: embed the root's certificate alone where there are several"
                    .formatted(length, LITERAL_MAX))
            : List.of();
    return new Embedded(file, Map.of(file, text), payload.key(), List.of(), notes);
  }
}

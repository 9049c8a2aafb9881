package io.wwep.certs.embed;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A module with DER as bytes, which small builds of MicroPython take without code for PEM. */
final class PythonSource {

  private static final int BYTES_A_LINE = 16;

  private PythonSource() {}

  static Embedded of(Payload payload) {
    String file = payload.fileName() + ".py";
    String text =
        """
        # %s
        %s
        %s
        """
            .formatted(payload.about(), use(payload.identifier(), payload), value(payload));
    return new Embedded(file, Map.of(file, text), payload.key(), List.of(), List.of());
  }

  private static String use(String name, Payload payload) {
    if (payload.key()) {
      return """
          #
          #   context.load_cert_chain(certificate, %s)   # MicroPython; both as DER"""
          .formatted(name);
    }
    String load =
        payload.ders().size() == 1
            ? "context.load_verify_locations(cadata=%s)".formatted(name)
            : "for root in %s: context.load_verify_locations(cadata=root)".formatted(name);
    return """
        #
        #   context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)   # checks name and chain
        #   %s
        #   stream = context.wrap_socket(socket, server_hostname="wwep.lab")
        # Dates are checked too: set the clock first, with ntptime.settime()."""
        .formatted(load);
  }

  private static String value(Payload payload) {
    if (payload.ders().size() == 1) {
      return "%s = (\n%s\n)".formatted(payload.identifier(), bytes(payload.ders().get(0), "    "));
    }
    return payload.ders().stream()
        .map(each -> "    (\n%s\n    ),\n".formatted(bytes(each, "        ")))
        .collect(Collectors.joining("", payload.identifier() + " = (\n", ")"));
  }

  private static String bytes(byte[] der, String indent) {
    StringBuilder lines = new StringBuilder();
    for (int start = 0; start < der.length; start += BYTES_A_LINE) {
      int end = Math.min(der.length, start + BYTES_A_LINE);
      String hex = HexFormat.of().withPrefix("\\x").formatHex(der, start, end);
      lines
          .append(lines.length() == 0 ? "" : "\n")
          .append(indent)
          .append("b\"")
          .append(hex)
          .append('"');
    }
    return lines.toString();
  }
}

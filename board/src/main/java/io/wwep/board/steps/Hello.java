package io.wwep.board.steps;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A ClientHello or ServerHello (RFC 8446, sections 4.1.2 and 4.1.3), as far as it is shown.
 *
 * @param versions that are offered, or the one that is taken
 * @param suites that are offered, or the one that is taken
 * @param groups the curves that are offered; none in a ServerHello
 * @param shares the curves for which half a key comes along, or the one that is wanted
 * @param serverName who is asked for; empty when nobody is, and in a ServerHello
 * @param retry whether the server asks for another ClientHello
 */
record Hello(
    List<Integer> versions,
    List<Integer> suites,
    List<Integer> groups,
    List<Integer> shares,
    String serverName,
    boolean retry) {

  private static final int RANDOM_BYTES = 32;
  private static final byte[] RETRY_RANDOM =
      HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

  static Hello ofClient(byte[] body) {
    Fields fields = Fields.of(body);
    int version = fields.u16();
    fields.bytes(RANDOM_BYTES);
    fields.part(fields.u8());
    List<Integer> suites = fields.part(fields.u16()).numbers();
    fields.part(fields.u8());
    Builder found = new Builder(version);
    readExtensions(fields, found, true);
    return found.hello(suites, false);
  }

  static Hello ofServer(byte[] body) {
    Fields fields = Fields.of(body);
    int version = fields.u16();
    boolean retry = Arrays.equals(fields.bytes(RANDOM_BYTES), RETRY_RANDOM);
    fields.part(fields.u8());
    List<Integer> suites = List.of(fields.u16());
    fields.u8();
    Builder found = new Builder(version);
    readExtensions(fields, found, false);
    return found.hello(suites, retry);
  }

  private static void readExtensions(Fields fields, Builder found, boolean client) {
    Fields extensions = fields.hasMore() ? fields.part(fields.u16()) : Fields.of(new byte[0]);
    while (extensions.hasMore()) {
      int type = extensions.u16();
      Fields extension = extensions.part(extensions.u16());
      switch (type) {
        case 0 -> found.serverName = client ? serverName(extension) : "";
        case 10 -> found.groups = extension.part(extension.u16()).numbers();
        case 43 ->
            found.versions =
                client ? extension.part(extension.u8()).numbers() : List.of(extension.u16());
        case 51 ->
            found.shares =
                client ? shares(extension.part(extension.u16())) : List.of(extension.u16());
        default -> {
          continue;
        }
      }
    }
  }

  private static String serverName(Fields extension) {
    Fields names = extension.part(extension.u16());
    names.u8();
    return new String(names.bytes(names.u16()), StandardCharsets.US_ASCII);
  }

  private static List<Integer> shares(Fields entries) {
    List<Integer> groups = new ArrayList<>();
    while (entries.hasMore()) {
      groups.add(entries.u16());
      entries.part(entries.u16());
    }
    return groups;
  }

  /** What is found among the extensions. */
  private static final class Builder {

    private List<Integer> versions;
    private List<Integer> groups = List.of();
    private List<Integer> shares = List.of();
    private String serverName = "";

    Builder(int version) {
      versions = List.of(version);
    }

    Hello hello(List<Integer> suites, boolean retry) {
      return new Hello(versions, suites, groups, shares, serverName, retry);
    }
  }
}

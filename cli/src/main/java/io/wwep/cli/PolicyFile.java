package io.wwep.cli;

import io.wwep.server.access.AccessPolicy;
import io.wwep.server.access.CertificateName;
import io.wwep.server.access.Door;
import io.wwep.server.access.Grant;
import io.wwep.server.access.Network;
import io.wwep.server.access.Region;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * A TOML file that says who may do what:
 *
 * <pre>
 *   [[grant]]
 *   certificate = "0001-001E"      # device IDs, other names, fingerprints, or "*"
 *   read = "*"                     # all registers of all devices
 *   write = ["own", "0000:05"]     # its own device's, and one of another
 *
 *   [[grant]]
 *   address = "192.168.1.0/24"
 *   port = "plain"
 *   read = "*:05"
 * </pre>
 */
final class PolicyFile {

  /** The only section that a policy has. */
  static final String GRANT = "grant";

  private static final List<String> KEYS =
      List.of("certificate", "address", "port", "read", "write");
  private static final Map<String, Door> DOORS =
      Map.of("plain", Door.PLAIN, "tls", Door.TLS, "console", Door.CONSOLE);
  private static final int GRANTS_MAX = 1_000;
  private static final int VALUES_MAX = 1_000;

  private final TomlFile file;

  private PolicyFile(TomlFile file) {
    this.file = file;
  }

  /**
   * Reads one; one without a grant denies everything.
   *
   * @throws CliException when it cannot be read or says what no policy says, with line and column
   */
  static AccessPolicy read(Path path) {
    return new PolicyFile(
            TomlFile.read(
                path,
                "policy",
                "the path",
                "write grants, as in [[grant]] and below it certificate = \"0FAC\" and write = \"own\""))
        .policy();
  }

  private AccessPolicy policy() {
    for (String key : file.content().keySet()) {
      if (!key.equals(GRANT)) {
        throw bad(
            file.content(),
            key,
            "there is no '%s' in a policy%s: it consists of [[grant]] sections"
                .formatted(key, Nearest.question(key, List.of(GRANT))));
      }
    }
    return new AccessPolicy(file.path().toString(), grants());
  }

  private List<Grant> grants() {
    Object value = file.content().get(List.of(GRANT));
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof TomlArray sections)
        || !sections.toList().stream().allMatch(TomlTable.class::isInstance)) {
      throw bad(file.content(), GRANT, "write [[grant]], with two brackets, above each grant");
    }
    if (sections.size() > GRANTS_MAX) {
      throw bad(
          file.content(),
          GRANT,
          "there are %d grants, and %d are the most: put several names or ranges into one"
              .formatted(sections.size(), GRANTS_MAX));
    }
    List<Grant> grants = new ArrayList<>();
    for (int i = 0; i < sections.size(); i++) {
      grants.add(grant(sections.getTable(i), sections.inputPositionOf(i)));
    }
    return grants;
  }

  private Grant grant(TomlTable section, TomlPosition position) {
    for (String key : section.keySet()) {
      if (!KEYS.contains(key)) {
        throw bad(
            section,
            key,
            "there is no '%s' in a grant%s: it has %s"
                .formatted(key, Nearest.question(key, KEYS), String.join(", ", KEYS)));
      }
    }
    List<Region> read = values(section, "read", Region::parse);
    List<Region> write = values(section, "write", Region::parse);
    if (read.isEmpty() && write.isEmpty()) {
      throw file.bad(position, "this grant allows nothing: add read or write, as in read = \"*\"");
    }
    Grant grant =
        new Grant(
            position.line(),
            values(section, "certificate", CertificateName::parse),
            values(section, "address", Network::parse),
            door(section),
            read,
            write);
    boolean sees = grant.door() == null || grant.door() == Door.TLS;
    if (!sees && !grant.certificates().isEmpty()) {
      throw bad(
          section,
          "port",
          "%s sees no certificates: leave out the port, or certificate"
              .formatted(grant.door().place()));
    }
    return grant;
  }

  /** Returns where requests have to come in, or null where that is all the same. */
  private Door door(TomlTable section) {
    Object value = section.get(List.of("port"));
    if (value == null) {
      return null;
    }
    if (value instanceof String text && DOORS.containsKey(text)) {
      return DOORS.get(text);
    }
    throw bad(
        section,
        "port",
        "port is \"plain\", \"tls\" or \"console\", and not there for all three, not "
            + TomlFile.shown(value));
  }

  /** Returns one value, or those of a list; none where the key is not there. */
  private <T> List<T> values(TomlTable section, String key, Function<String, T> parser) {
    Object value = section.get(List.of(key));
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof TomlArray list)) {
      return List.of(parsed(key, value, section.inputPositionOf(List.of(key)), parser));
    }
    if (list.isEmpty() || list.size() > VALUES_MAX) {
      throw bad(
          section, key, "%s takes 1 to %d values, not %d".formatted(key, VALUES_MAX, list.size()));
    }
    List<T> values = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      values.add(parsed(key, list.get(i), list.inputPositionOf(i), parser));
    }
    return values;
  }

  private <T> T parsed(
      String key, Object value, TomlPosition position, Function<String, T> parser) {
    if (!(value instanceof String text)) {
      throw file.bad(
          position, "%s takes text in quotes, not %s".formatted(key, TomlFile.shown(value)));
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw file.bad(position, "%s %s".formatted(key, e.getMessage()));
    }
  }

  private CliException bad(TomlTable section, String key, String sentence) {
    return file.bad(section.inputPositionOf(List.of(key)), sentence);
  }
}

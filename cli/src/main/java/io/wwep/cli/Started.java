package io.wwep.cli;

import io.wwep.certs.Identity;
import io.wwep.certs.ServerIdentity;
import io.wwep.server.ServerConfig;
import io.wwep.server.WwepServer;
import io.wwep.server.access.Access;
import io.wwep.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server that has just started has to tell.
 *
 * @param plainPort the port, or {@link ServerConfig#NOT_SERVED}
 * @param tlsPort the port, or {@link ServerConfig#NOT_SERVED}
 * @param addresses under which boards can reach it, the likeliest first
 * @param store the engine in words
 * @param devices how many have at least one written register
 * @param registers how many have been written
 * @param certificates what TLS clients are shown; empty without TLS
 * @param access who may do what, in words; empty where everybody may do everything
 * @param consoleUrl where the browser console is; null where it is not served
 * @param warnings what is wrong though the server runs
 * @param engine what moves the bytes and what encrypts them, in words
 */
record Started(
    Instant time,
    int plainPort,
    int tlsPort,
    List<String> addresses,
    String store,
    int devices,
    int registers,
    List<Certificate> certificates,
    List<String> access,
    String consoleUrl,
    List<String> warnings,
    String engine) {

  /**
   * One certificate.
   *
   * @param kind {@code EC} or {@code RSA}
   * @param sha256 its fingerprint
   * @param file where it is
   */
  record Certificate(String kind, String sha256, String file) {}

  /**
   * @param identity null without TLS
   * @param access who may do what
   * @param consoleUrl where the browser console is; null where it is not served
   * @param notes more that is wrong, besides what server and identity know of
   */
  static Started of(
      ServeOptions options,
      WwepServer server,
      Store store,
      ServerIdentity identity,
      Access access,
      String consoleUrl,
      List<String> notes) {
    return new Started(
        Instant.now(),
        server.plainPort(),
        server.tlsPort(),
        Addresses.reachable(options.bind),
        store.description(),
        store.deviceCount(),
        store.registerCount(),
        identity == null ? List.of() : certificates(identity),
        options.access.words(access),
        consoleUrl,
        warnings(server, store, identity, notes),
        server.engineWords());
  }

  private static List<String> warnings(
      WwepServer server, Store store, ServerIdentity identity, List<String> notes) {
    List<String> warnings = new ArrayList<>(server.warnings());
    warnings.addAll(store.notes());
    warnings.addAll(notes);
    if (identity != null) {
      warnings.addAll(identity.problems());
    }
    return warnings;
  }

  private static List<Certificate> certificates(ServerIdentity identity) {
    List<Certificate> certificates = new ArrayList<>();
    List<Path> files = identity.certificateFiles();
    for (int i = 0; i < identity.all().size(); i++) {
      Identity each = identity.all().get(i);
      certificates.add(
          new Certificate(each.isEc() ? "EC" : "RSA", each.fingerprint(), files.get(i).toString()));
    }
    return certificates;
  }

  boolean servesPlain() {
    return plainPort != ServerConfig.NOT_SERVED;
  }

  boolean servesTls() {
    return tlsPort != ServerConfig.NOT_SERVED;
  }
}

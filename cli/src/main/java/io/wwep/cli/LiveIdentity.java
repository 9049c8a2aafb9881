package io.wwep.cli;

import io.wwep.certs.Identity;
import io.wwep.certs.IdentityException;
import io.wwep.certs.ServerIdentity;
import io.wwep.server.ServerException;
import io.wwep.server.WwepServer;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What TLS shows. Files that do not make an identity change nothing, and it is said what is wrong
 * with them. Used by one thread at a time.
 */
final class LiveIdentity implements LiveSetting {

  private final WwepServer server;
  private final Supplier<ServerIdentity> reader;
  private final List<Path> files;
  private ServerIdentity shown;
  private boolean refused;

  /**
   * @param shown what the server shows now; its files are looked at
   * @param reader reads them anew, or throws an {@link IdentityException}
   */
  LiveIdentity(WwepServer server, ServerIdentity shown, Supplier<ServerIdentity> reader) {
    this.server = server;
    this.shown = shown;
    this.reader = reader;
    files = shown.files();
  }

  @Override
  public List<Path> files() {
    return files;
  }

  @Override
  public boolean reload() {
    try {
      ServerIdentity next = reader.get();
      boolean changed = !chains(next).equals(chains(shown));
      boolean again = !changed && refused;
      refused = false;
      if (changed) {
        server.show(next);
        shown = next;
        server.feed().tell("TLS shows another certificate from now on: " + fingerprints(next));
        next.problems().forEach(server.feed()::tell);
      } else if (again) {
        server.feed().tell("the certificate files are again those that TLS shows");
      }
      return changed || again;
    } catch (IdentityException | ServerException e) {
      refused = true;
      server.feed().tell("the certificate was not replaced, TLS shows the old: " + e.getMessage());
      return true;
    }
  }

  private static List<List<X509Certificate>> chains(ServerIdentity identity) {
    return identity.all().stream().map(Identity::chain).toList();
  }

  private static String fingerprints(ServerIdentity identity) {
    return identity.all().stream()
        .map(each -> "%s SHA-256 %s".formatted(each.isEc() ? "EC" : "RSA", each.fingerprint()))
        .collect(Collectors.joining(", "));
  }

  @Override
  public String unchangedWords() {
    return "the certificate files are those that TLS shows";
  }

  @Override
  public String onceOnlyWords() {
    return "the certificate came from a pipe, which cannot be read again: restart";
  }

  @Override
  public List<String> dateProblems() {
    return shown.dateProblems();
  }
}

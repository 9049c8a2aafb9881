package io.wwep.cli;

import io.wwep.client.Trust;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Where the browser console of a server is, and whom to believe that it is it.
 *
 * @param url with {@code http} or {@code https}, and no path
 */
record ConsoleAddress(URI url, Trust trust) {

  /**
   * Asks the server of a data directory. What it says comes through a socket that is its owner's,
   * so the certificate that it names is believed.
   *
   * @param trust what is believed instead; null where nothing else was asked for
   * @throws Unanswered when no server is there, or it has no console
   */
  static ConsoleAddress of(Path data, Trust trust) throws Unanswered {
    Map<String, Object> status = LocalServer.status(data, "with --url");
    if (!(status.get("console") instanceof String url)) {
      throw new Unanswered(
          "no-console",
          "the server on %s serves no console to watch: start it without --no-http, and look whether it says that the port is taken"
              .formatted(data),
          ExitCode.NO_ANSWER);
    }
    return new ConsoleAddress(URI.create(url), trust == null ? shown(status) : trust);
  }

  private static Trust shown(Map<String, Object> status) {
    if (status.get("certificates") instanceof Map<?, ?> certificates
        && certificates.get("shown") instanceof List<?> shown
        && !shown.isEmpty()
        // The first is the EC one, if there are two, which this client prefers.
        && shown.get(0) instanceof Map<?, ?> first) {
      return Trust.pin(String.valueOf(first.get("sha256")));
    }
    return Trust.system();
  }

  /** Returns what HTTPS connections to it are made with. */
  SSLContext tls() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust.manager()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no TLS: " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return url.toString();
  }
}

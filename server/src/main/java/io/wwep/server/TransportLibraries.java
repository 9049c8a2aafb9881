package io.wwep.server;

import io.netty.util.internal.PlatformDependent;
import io.wwep.server.tls.BoringSsl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The native libraries of the transports and of TLS. Netty unpacks each to a directory for
 * temporary files at every start, unless it finds it on {@code java.library.path}.
 */
public final class TransportLibraries {

  private static final String IN_JAR = "/META-INF/native/";

  private TransportLibraries() {}

  /**
   * Unpacks those of this machine, as far as there are any, under the names that Netty looks for.
   *
   * @param directory exists
   * @throws IOException when a file cannot be written
   */
  public static void unpackTo(Path directory) throws IOException {
    for (String each : names()) {
      String file = System.mapLibraryName(each);
      try (InputStream library = TransportLibraries.class.getResourceAsStream(IN_JAR + file)) {
        if (library != null) {
          Files.copy(library, directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private static List<String> names() {
    String arch = PlatformDependent.normalizedArch();
    return List.of(
        "netty_transport_native_io_uring42_" + arch,
        "netty_transport_native_epoll_" + arch,
        BoringSsl.libraryName());
  }
}

package io.wwep.it.peers;

import io.wwep.it.Scale;
import io.wwep.it.peers.WatchedServer.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * What attacks have in common: a server in each mode, started when it is first asked for, and one
 * after another attacked by all tests of a class.
 */
abstract class PeersTest {

  private static final Map<Mode, WatchedServer> SERVERS = new EnumMap<>(Mode.class);

  @TempDir private static Path directory;

  /** The long form has the figures of a server as it is shipped; both look for lost buffers. */
  static Stream<Mode> modes() {
    return Scale.isLong() ? Stream.of(Mode.AS_SHIPPED, Mode.PARANOID) : Stream.of(Mode.PARANOID);
  }

  static WatchedServer server(Mode mode) throws Exception {
    WatchedServer server = SERVERS.get(mode);
    if (server == null) {
      Path own = Files.createDirectories(directory.resolve(mode.name()));
      server = WatchedServer.startWarm(mode, own);
      SERVERS.put(mode, server);
    }
    return server;
  }

  @AfterAll
  static void close() throws Exception {
    for (WatchedServer server : SERVERS.values()) {
      server.close();
    }
    SERVERS.clear();
  }
}

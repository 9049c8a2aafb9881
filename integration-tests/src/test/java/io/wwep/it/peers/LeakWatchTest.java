package io.wwep.it.peers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wwep.it.peers.WatchedServer.Mode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That no buffer was lost means something: one that is lost on purpose is told of. */
@Tag("staged")
@Timeout(120)
class LeakWatchTest {

  @TempDir private Path directory;

  @Test
  void shouldSeeABufferThatIsLost() throws Exception {
    Path agent = agent();
    assertThatThrownBy(
            () -> {
              try (WatchedServer server =
                  WatchedServer.start(Mode.PARANOID, directory, "-javaagent:" + agent)) {
                server.checkForLeaks();
              }
            })
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("LEAK")
        .hasMessageContaining(LostBuffers.class.getSimpleName());
  }

  /** The class itself is on the server's class path, as those of all tests. */
  private Path agent() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", LostBuffers.class.getName());
    Path jar = directory.resolve("lost-buffers.jar");
    try (OutputStream file = Files.newOutputStream(jar)) {
      new JarOutputStream(file, manifest).close();
    }
    return jar;
  }
}

package io.wwep.keylog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the secrets are right is shown by tshark, which reads captures with them. */
class JdkSecretsTest {

  @TempDir private Path directory;
  private final List<String> troubles = new CopyOnWriteArrayList<>();

  @Test
  void shouldFindItsWayInThisJava() {
    assertThatCode(JdkSecrets::requireReadable).doesNotThrowAnyException();
  }

  @Test
  void shouldRefuseTheTlsOfOthers() {
    try (KeyLog log = KeyLog.append(directory.resolve("keys.txt"), troubles::add)) {
      assertThatThrownBy(() -> JdkSecrets.of("a socket of somebody else", log))
          .isInstanceOf(KeyLogException.class)
          .hasMessageContaining("java.lang.String");
    }
  }

  @Test
  void shouldTellWhereKeysWereMissed() throws Exception {
    SSLContext context = SSLContext.getDefault();
    try (KeyLog log = KeyLog.append(directory.resolve("keys.txt"), troubles::add);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket()) {
      JdkSecrets secrets = JdkSecrets.of(socket, log);
      secrets.look();
      secrets.handshakeDone("TLSv1.3");
    }
    assertThat(troubles).singleElement().asString().contains("could not all be read");
    assertThat(directory.resolve("keys.txt")).isEmptyFile();
  }
}

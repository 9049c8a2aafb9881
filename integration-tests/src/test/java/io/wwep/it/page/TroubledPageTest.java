package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A page whose server answers otherwise than it should, or refuses. */
@Timeout(120)
class TroubledPageTest {

  @RegisterExtension private static final Walk WALK = Walk.with();

  /** As many as the server has room for. */
  private static final int READERS = 120;

  @Test
  void shouldSayWhatToDoWhereAViewCannotBeDrawn() {
    WALK.open("live");
    WALK.browser().await("nav");
    WALK.browser().run("window.fetch = async () => new Response('{}')");
    WALK.browser().press("2");

    assertThat(WALK.browser().await("main [role=alert]").getText()).contains("Reload the page");
    WALK.requireNoBarriers();
    WALK.browser().click("Live");
    WALK.browser().awaitUntil("other view", () -> WALK.browser().all(".live").size() == 1);
    WALK.browser().press("2");
    WALK.browser().click("Reload");
    WALK.browser().await(".boards");
    WALK.requireComplaintsOf("TypeError");
  }

  @Test
  void shouldSayWhyItGetsNoEventsAndGoOnWhenItDoes() throws IOException {
    List<Socket> readers = new ArrayList<>();
    try {
      for (int i = 0; i < READERS; i++) {
        readers.add(reader());
      }
      WALK.open("live");
      WALK.browser().awaitText("[role=alert]", "readers of events are connected already");
    } finally {
      for (Socket each : readers) {
        each.close();
      }
    }
    WALK.browser()
        .awaitUntil("no more trouble", () -> WALK.browser().all("[role=alert]").isEmpty());
    WALK.board(3).says("W0A31050001");
    WALK.browser().awaitText("[role=row]", "W0A31050001");
    WALK.requireComplaintsOf("status of 503");
  }

  /** Opens a stream of events, and waits until it has begun. */
  private static Socket reader() throws IOException {
    URI console = URI.create(WALK.server().consoleUrl());
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), console.getPort());
    OutputStream out = socket.getOutputStream();
    out.write(
        """
        GET /api/v1/transactions HTTP/1.1\r
        Host: %s\r
        Accept: text/event-stream\r
        \r
        """
            .formatted(console.getAuthority())
            .getBytes(StandardCharsets.US_ASCII));
    assertThat(socket.getInputStream().read()).isEqualTo('H');
    return socket;
  }
}

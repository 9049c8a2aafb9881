package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.conformance.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** A console that is reached from other machines: by HTTPS, and with a password. */
@Timeout(120)
class LoginTest {

  @RegisterExtension private static final Walk WALK = Walk.withoutServer();

  /** The button that gives a board a name. */
  private static final String NAMING = "[aria-label='name it, 0D01']";

  /** Behind the back of the page. */
  private static final String END_SESSION =
      """
      const done = arguments[arguments.length - 1];
      fetch('/api/v1/session')
        .then(answer => answer.json())
        .then(({ csrf }) => fetch('/api/v1/session',
          { method: 'DELETE', headers: { 'X-CSRF-Token': csrf } }))
        .then(answer => done(answer.status));
      """;

  @BeforeAll
  static void start() throws IOException {
    Path passwords =
        Files.writeString(
            WALK.directory().resolve("passwords"),
            "editor: correct horse battery\nsender: boards of the class\nviewer: only looking at it\n");
    passwords.toFile().setReadable(false, false);
    passwords.toFile().setReadable(true, true);
    WALK.serveAt("0.0.0.0:0", "--http-password-file", "passwords");
    WALK.board(3).says("W0D010B8041");
  }

  @AfterEach
  void logOut() {
    WALK.browser().click("Log out");
    WALK.browser().awaitText("main", "Log in to this server");
    // What the page was still asking for comes too late.
    assertThat(WALK.browser().complaints()).allMatch(each -> each.contains("status of 401"));
  }

  private static void logIn(String password) {
    WALK.browser().named("input", "Password").sendKeys(password, Keys.ENTER);
  }

  @Test
  void shouldBeReachedByHttpsAndAskForThePasswordAgainWhenItIsWrong() {
    WALK.open("registers/0D01");
    assertThat(WALK.browser().url()).startsWith("https://");
    WALK.browser().awaitText("main", "Log in to this server");
    WALK.requireNoBarriers();
    logIn("guessed");
    WALK.browser().awaitText("#login-error", "password");
    WALK.requireComplaintsOf("status of 401");
    assertThat(WALK.browser().text()).doesNotContain("8041");

    logIn("correct horse battery");
    WALK.browser().named("[role=gridcell]", "0B: 8041");
  }

  /** The certificate that boards know, so nobody has to trust a second one. */
  @Test
  void shouldShowTheServersOwnCertificate() throws Exception {
    WALK.open("");
    logIn("only looking at it");
    WALK.browser().await("nav");
    int port = URI.create(WALK.server().consoleUrl()).getPort();
    try (SSLSocket socket =
        (SSLSocket)
            Trust.EVERYBODY
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), port)) {
      byte[] shown = socket.getSession().getPeerCertificates()[0].getEncoded();
      String pem = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(shown);

      assertThat(Files.readString(WALK.directory().resolve("wwep-data/tls/ec.pem"))).contains(pem);
    }
  }

  @Test
  void shouldLetAViewerLookAndNotEdit() {
    WALK.open("registers/0D01?open=0B");
    logIn("only looking at it");
    WALK.browser().named("[role=gridcell]", "0B: 8041");
    WALK.browser().awaitText(".panel", "viewer");
    assertThat(WALK.browser().all("[aria-label='New value']")).isEmpty();
    WALK.browser().press("s");

    assertThat(WALK.browser().await("[aria-label='Send box']").getText())
        .contains("Only senders and editors may send");
    assertThat(
            WALK.browser().named("[aria-label='Send box'] button[type=submit]", "Send").isEnabled())
        .isFalse();
  }

  @Test
  void shouldLetAViewerPressNoButtonOfTheBoard() {
    WALK.open("board");
    logIn("only looking at it");
    WALK.browser().awaitText(".serial-lines p", "is up");
    assertThat(WALK.browser().awaitText(".warning", "Only senders").getText())
        .contains("a sender's or an editor's password");
    assertThat(WALK.browser().named("button", "Button 0").isEnabled()).isFalse();
    WALK.browser().press("0");

    WALK.browser().awaitText(".serial-bad", "only senders and editors may send");
    assertThat(WALK.browser().all("[aria-label='LED on']")).isEmpty();
    WALK.requireNoBarriers();
  }

  @Test
  void shouldLetASenderPressTheButtonsOfTheBoardAndUseTheSendBox() {
    WALK.open("board");
    logIn("boards of the class");
    WALK.browser().awaitText(".serial-lines p", "is up");
    WALK.browser().awaitText(".chip", "sender");
    assertThat(WALK.browser().all(".warning")).isEmpty();
    WALK.browser().click("Button 0");
    WALK.browser().awaitText(".serial-fine", "stored 0001, LED on");
    WALK.browser().press("1");
    WALK.browser().awaitText(".serial-fine", "stored 0000, LED off");
    WALK.requireNoBarriers();

    WALK.browser().press("s");
    WALK.browser().named("[aria-label='Send box'] button[type=submit]", "Send").click();
    WALK.browser().awaitText(".attempts", "A0FAC0B1234");
    assertThat(WALK.board(3).says("R0FAC0B")).isEqualTo("A0FAC0B1234");
  }

  @Test
  void shouldLetASenderEditNoRegisterAndNameNoBoard() {
    WALK.open("registers/0D01?open=0B");
    logIn("boards of the class");
    WALK.browser().named("[role=gridcell]", "0B: 8041");
    WALK.browser().awaitText(".panel", "a sender may not write");
    assertThat(WALK.browser().all("[aria-label='New value']")).isEmpty();

    WALK.open("boards");
    WALK.browser().awaitText(".boards", "0D01");
    assertThat(WALK.browser().all(NAMING)).isEmpty();
  }

  @Test
  void shouldLetAnEditorPressTheButtonsOfTheBoardAndSayWhenTheSessionIsOver() {
    WALK.open("board");
    logIn("correct horse battery");
    WALK.browser().awaitText(".serial-lines p", "is up");
    WALK.browser().press("1");
    WALK.browser().awaitText(".serial-fine", "accepted");
    WALK.browser().runToItsEnd(END_SESSION);
    WALK.browser().press("0");

    WALK.browser().awaitText("main", "Log in to this server");
    logIn("correct horse battery");
    WALK.browser().awaitText(".serial-bad", "not sent: log in first");
    WALK.browser().press("0");
    WALK.browser().awaitText(".serial-fine", "stored 0001");
  }

  @Test
  void shouldLetAnEditorEditAndSend() {
    WALK.open("registers/0D01?open=0B");
    logIn("correct horse battery");
    WALK.browser().await("[aria-label='New value']").sendKeys("00FF", Keys.ENTER);
    WALK.browser().awaitText(".toasts", "8041 → 00FF");
    WALK.browser().click("Undo");
    WALK.browser().awaitText(".toasts", "holds 8041 again");
    WALK.open("boards");
    WALK.browser().await(NAMING);

    assertThat(WALK.board(3).says("R0D010B")).isEqualTo("A0D010B8041");
  }
}

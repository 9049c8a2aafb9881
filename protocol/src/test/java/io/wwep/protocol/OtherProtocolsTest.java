package io.wwep.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtherProtocolsTest {

  private static boolean http(String sent) {
    byte[] bytes = Reads.bytes("GET " + sent + " /");
    return OtherProtocols.startsHttp(bytes, 4, bytes.length - 2);
  }

  private static boolean tls(String sent) {
    byte[] bytes = Reads.bytes("\u0016" + sent + "\u0003");
    return OtherProtocols.startsTls(bytes, 1, bytes.length - 1);
  }

  private static boolean wwep(String sent) {
    byte[] bytes = Reads.bytes("A" + sent + "0");
    return OtherProtocols.startsWwep(bytes, 1, bytes.length - 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET ",
        "HEAD ",
        "POST ",
        "PUT ",
        "DELETE ",
        "OPTIONS ",
        "PATCH ",
        "TRACE ",
        "CONNECT ",
        "PRI * HTTP/2.0",
        "GET / HTTP/1.1\r\n"
      })
  void shouldKnowEveryHttpMethod(String sent) {
    assertThat(http(sent)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "G", "GET", "get / ", "GETS ", " GET / ", "R0FAC0B", "W0FAC0B1234"})
  void shouldNotTakeOtherTextForHttp(String sent) {
    assertThat(http(sent)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"R", "W", "R0FAC0B", "W0FAC0B1234", "\n\r\nR0F", "Who is there?"})
  void shouldKnowWwepByItsFirstLetter(String sent) {
    assertThat(wwep(sent)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"w0FAC0B1234", "r0fac0b", "w0", "\r\nr0FA", " W0FAC0B1234", "\t r0FAC0B", "wcafe"})
  void shouldKnowWwepWithTheMistakesOfBoards(String sent) {
    assertThat(wwep(sent)).isTrue();
  }

  /** They may come in a read of their own, in front of a frame. */
  @ParameterizedTest
  @ValueSource(strings = {"\r", "\n", "\r\n", "\r\n\r\n"})
  void shouldTakeEmptyLinesForWwep(String sent) {
    assertThat(wwep(sent)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        " \r\n",
        "SSH-2.0",
        "\r\nSSH-2.0",
        "welcome",
        "ready.",
        "r",
        "w",
        "write",
        "\u0016\u0003",
        "A0FAC0B1234"
      })
  void shouldNotTakeOtherBytesForWwep(String sent) {
    assertThat(wwep(sent)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0016", "\u0016\u0003", "\u0016\u0003\u0001\u0002\0", "\u0016\u0003\n"})
  void shouldKnowATlsHandshake(String sent) {
    assertThat(tls(sent)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u0003", "R0FAC0B", "\u0016\u0002", "\u0016\u0016\u0003", "\u0015\u0003"})
  void shouldNotTakeOtherBytesForTls(String sent) {
    assertThat(tls(sent)).isFalse();
  }

  @Test
  void shouldNeverTakeAFrameForAnotherProtocol() {
    for (char command : new char[] {'R', 'W', 'r', 'w', 'A', 'X', '\r', '\n'}) {
      assertThat(http(command + "0FAC0B1234 ")).isFalse();
      assertThat(tls(command + "0FAC0B1234")).isFalse();
    }
  }
}

package io.wwep.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** From what a profiler prints to a picture. */
class FlameGraphTest {

  private static final String PERF =
      """
      wwep-loop-1-1  4711 36149.514421:    2004008 cpu-clock:\s
      \tffffffff82094850 tcp_v4_rcv+0x5e0 ([kernel.kallsyms])
      \tffffffff82055a1b inet_sendmsg+0x5e ([kernel.kallsyms])
      \t    7f158c1291e8 void io.wwep.server.Connection.take(io.netty.buffer.ByteBuf)+0x48 (/tmp/perf-4711.map)
      \t    7f158c000cc6 call_stub+0x8a (/tmp/perf-4711.map)
      \t    7f15a3c2f5e1 JavaCalls::call_helper(JavaValue*, Thread*)+0x351 (/usr/lib/jvm/lib/server/libjvm.so)

      wwep-loop-1-1  4711 36149.516421:    2004008 cpu-clock:\s
      \tffffffff82094850 tcp_v4_rcv+0x77 ([kernel.kallsyms])
      \tffffffff82055a1b inet_sendmsg+0x5e ([kernel.kallsyms])
      \t    7f158c1291e8 void io.wwep.server.Connection.take(io.netty.buffer.ByteBuf)+0x90 (/tmp/perf-4711.map)
      \t    7f158c000cc6 call_stub+0x8a (/tmp/perf-4711.map)
      \t    7f15a3c2f5e1 JavaCalls::call_helper(JavaValue*, Thread*)+0x351 (/usr/lib/jvm/lib/server/libjvm.so)

      GC Thread#0  4713 36149.517421:    2004008 cpu-clock:\s
      \t    7f15a3c2f5e1 [unknown] (/usr/lib/jvm/lib/server/libjvm.so)

      """;

  private static final String JFR =
      """
      jdk.ExecutionSample {
        startTime = 13:00:00.000
        sampledThread = "wwep-loop-1-1" (javaThreadId = 17)
        state = "STATE_RUNNABLE"
        stackTrace = [
          io.wwep.protocol.FrameParser.parse(byte[], int, int) line: 100
          io.wwep.server.Connection.take(ByteBuf) line: 117
        ]
      }

      """;

  @Test
  void shouldFoldEqualStacksOfPerf() {
    assertThat(Stacks.ofPerf(PERF.lines().toList()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "wwep-loop-1-1;JavaCalls::call_helper(JavaValue*, Thread*);call_stub;"
                    + "io.wwep.server.Connection.take_[j];"
                    + "inet_sendmsg_[k];tcp_v4_rcv_[k]",
                2L,
                "GC Thread#0;[unknown]",
                1L));
  }

  @Test
  void shouldFoldTheFlightRecordersSamples() {
    assertThat(Stacks.ofJfr(JFR.lines().toList()))
        .containsExactlyEntriesOf(
            Map.of(
                "wwep-loop-1-1;io.wwep.server.Connection.take_[j];"
                    + "io.wwep.protocol.FrameParser.parse_[j]",
                1L));
  }

  @Test
  void shouldDrawABoxAsWideAsItsShare() throws Exception {
    Element box = box(draw("title", Map.of("t;a_[j];b_[k]", 3L, "t;c", 1L)), "b (75.0%, kernel)");

    assertThat(Double.parseDouble(box.getAttribute("width"))).isEqualTo(0.75 * 1580);
    assertThat(box.getAttribute("fill")).isEqualTo(Kind.KERNEL.color);
  }

  @Test
  void shouldDrawCalleesAboveTheirCaller() throws Exception {
    Document picture = draw("title", Map.of("t;a;b_[k]", 1L));
    double caller = Double.parseDouble(box(picture, "a (100.0%, JVM").getAttribute("y"));
    double callee = Double.parseDouble(box(picture, "b (100.0%, kernel").getAttribute("y"));

    assertThat(callee).isLessThan(caller);
  }

  @Test
  void shouldKeepSignsOfXmlOutOfNames() throws Exception {
    Document picture = draw("a < b & c", Map.of("t;List<T>::operator&\"", 1L));

    assertThat(box(picture, "List<T>::operator&\" (100.0%").getAttribute("width"))
        .isEqualTo("1580.0");
  }

  @Test
  void shouldLeaveOutWhatCannotBeSeen() throws Exception {
    Document picture = draw("title", Map.of("t;wide", 100_000L, "t;narrow", 1L));

    assertThat(titles(picture)).contains("wide").doesNotContain("narrow");
  }

  @Test
  void shouldRefuseToDrawNothing() {
    assertThatThrownBy(() -> FlameGraph.draw("title", Map.of()))
        .hasMessageContaining("let the load run longer");
  }

  /** Parsing proves that it is well-formed. */
  private static Document draw(String title, Map<String, Long> stacks) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(FlameGraph.draw(title, stacks))));
  }

  private static Element box(Document picture, String title) {
    NodeList titles = picture.getElementsByTagName("title");
    for (int i = 0; i < titles.getLength(); i++) {
      if (titles.item(i).getTextContent().startsWith(title)) {
        return (Element) titles.item(i).getParentNode();
      }
    }
    throw new AssertionError("no box \"" + title + "\" among " + titles(picture));
  }

  private static String titles(Document picture) {
    StringBuilder all = new StringBuilder();
    NodeList titles = picture.getElementsByTagName("title");
    for (int i = 0; i < titles.getLength(); i++) {
      all.append(titles.item(i).getTextContent()).append('\n');
    }
    return all.toString();
  }
}

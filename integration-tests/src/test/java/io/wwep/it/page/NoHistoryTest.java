package io.wwep.it.page;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page of a server that keeps no history. */
@Timeout(120)
class NoHistoryTest {

  @RegisterExtension private static final Walk WALK = Walk.with("--store", "memory:");

  @Test
  void shouldShowRegistersAndSayThatThereIsNoPast() {
    WALK.board(3).says("W0FAC050001");

    WALK.open("registers/0FAC?open=05");
    WALK.browser().named("[role=gridcell]", "05 (LED): 0001");
    WALK.open("history?r=0FAC05");
    WALK.browser().awaitText(".empty", "no history");
    WALK.open("time");
    WALK.browser().awaitText(".empty", "no history");
    WALK.open("server");
    WALK.browser().awaitText(".part", "memory only, gone with the process");
    WALK.requireComplaintsOf("status of 404");
  }
}

package io.wwep.cli;

import io.wwep.tap.TapConfig;
import io.wwep.tap.TapListener;
import io.wwep.tap.TapSummary;
import java.net.InetSocketAddress;

/** How a tap is shown. */
interface TapLog extends TapListener {

  /** What a tap is for, before anything else is said. */
  String PURPOSE =
      "a tap is for your own boards and classes, with the consent of all whose messages pass: it shows what they send";

  /** Says so. */
  void purpose();

  /** The tap listens. */
  void started(InetSocketAddress address, TapConfig config);

  /** It has ended. */
  void stopped(TapSummary summary, TapConfig config);
}

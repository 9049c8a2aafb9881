package io.wwep.it.peers;

import io.netty.buffer.ByteBufAllocator;
import java.util.Timer;
import java.util.TimerTask;

/** Makes buffers in a server's process, and never gives them back. */
public final class LostBuffers {

  private static final long EVERY_MILLIS = 100;

  private LostBuffers() {}

  /** Called by Java before the server's main method. */
  public static void premain(String unused) {
    Timer timer = new Timer("lost-buffers", true);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            ByteBufAllocator.DEFAULT.directBuffer().writeByte(0);
          }
        },
        EVERY_MILLIS,
        EVERY_MILLIS);
  }
}

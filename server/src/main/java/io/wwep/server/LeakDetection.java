package io.wwep.server;

import io.netty.util.ResourceLeakDetector;

/**
 * Netty's watch for buffers that are never released. As it comes it follows one buffer in 128 to
 * its end, with a stack trace at each step: more bytes for each request than all the rest, which
 * allocates nothing.
 */
final class LeakDetection {

  private static final String LEVEL_PROPERTY = "io.netty.leakDetection.level";

  private LeakDetection() {}

  /** Switches it off, unless {@code -Dio.netty.leakDetection.level} asks for it. */
  static void offUnlessAskedFor() {
    if (System.getProperty(LEVEL_PROPERTY) == null) {
      ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }
  }
}

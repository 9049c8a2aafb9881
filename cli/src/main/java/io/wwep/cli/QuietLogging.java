package io.wwep.cli;

/**
 * Keeps the libraries' own log lines off the console: what people must know comes in sentences.
 * With {@code WWEP_DEBUG=1} they show as Java shows them, and where Netty is asked to look for lost
 * buffers, which it tells of in no other way.
 */
public final class QuietLogging {

  private static final String CONFIG_CLASS = "java.util.logging.config.class";
  private static final String CONFIG_FILE = "java.util.logging.config.file";
  private static final String LEAK_DETECTION = "io.netty.leakDetection.level";

  /** Called by {@code java.util.logging} when it starts; leaves it without a handler. */
  public QuietLogging() {}

  /** Has the logging of this process start quietly, unless somebody configured it. */
  static void install() {
    boolean configured =
        System.getProperty(CONFIG_CLASS) != null || System.getProperty(CONFIG_FILE) != null;
    boolean looked = System.getProperty(LEAK_DETECTION) != null;
    if (!configured && !looked && !Faults.isDebugging()) {
      // Not done here and now: starting it costs a short command a tenth of its time.
      System.setProperty(CONFIG_CLASS, QuietLogging.class.getName());
    }
  }
}

package io.wwep.server.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.internal.tcnative.Library;
import io.netty.internal.tcnative.SSL;
import io.netty.util.internal.PlatformDependent;

/**
 * BoringSSL as a native library of this process.
 *
 * <p>Netty's {@link OpenSsl} loads it, and sets up the JDK's TLS on the way, which takes a good
 * part of a start and is needed for nothing here. So the library is looked for on {@code
 * java.library.path} first, where Netty would look too.
 */
public final class BoringSsl {

  /** Loads when it is asked for the first time. */
  private static final class Loaded {

    private static final boolean AVAILABLE =
        !Boolean.getBoolean("io.netty.handler.ssl.noOpenSsl")
            && (isOnPath() || OpenSsl.isAvailable())
            && SSL.versionString().contains("BoringSSL");
  }

  private BoringSsl() {}

  /** Returns the library's name on this machine, as {@link System#loadLibrary} takes it. */
  public static String libraryName() {
    return "netty_tcnative_%s_%s"
        .formatted(PlatformDependent.normalizedOs(), PlatformDependent.normalizedArch());
  }

  private static boolean isOnPath() {
    try {
      System.loadLibrary(libraryName());
      return Library.initialize("provided", null);
    } catch (UnsatisfiedLinkError | Exception notThere) { // the method declares nothing narrower
      return false;
    }
  }

  /** Whether there is one for this machine. */
  static boolean isAvailable() {
    return Loaded.AVAILABLE;
  }

  /** Returns its name for people. */
  static String words() {
    return SSL.versionString();
  }
}

package io.wwep.it.clients;

import io.wwep.testkit.SmallProgram;
import io.wwep.testkit.SmallServer;
import java.nio.file.Path;
import java.util.function.IntSupplier;

/** A small server of exercise 04, 05 or 07, in Java or in C, on free ports of the loopback. */
final class SmallTarget implements AutoCloseable {

  static final int NOT_SERVED = 0;

  private final Runnable end;
  private final int plainPort;
  private final int tlsPort;

  private SmallTarget(String exercise, Runnable end, IntSupplier plainPort, IntSupplier tlsPort) {
    this.end = end;
    this.plainPort = exercise.equals("05") ? NOT_SERVED : plainPort.getAsInt();
    this.tlsPort = exercise.equals("04") ? NOT_SERVED : tlsPort.getAsInt();
  }

  /**
   * Starts one.
   *
   * @param exercise 04, 05 or 07
   * @param language {@code C} or {@code Java}
   */
  static SmallTarget start(String language, String exercise, ServerWithCertificate certificate)
      throws Exception {
    return language.equals("C")
        ? of(exercise, program(exercise, certificate))
        : of(exercise, server(exercise, certificate));
  }

  /** Starts one in C, as a process, which ends when its standard input does. */
  static SmallProgram program(String exercise, ServerWithCertificate certificate) throws Exception {
    Path file = CPrograms.server("exercise" + exercise);
    return switch (exercise) {
      case "04" -> SmallProgram.plain(file);
      case "05" -> SmallProgram.tls(file, certificate.file(), certificate.key());
      default -> SmallProgram.both(file, certificate.file(), certificate.key());
    };
  }

  private static SmallServer server(String exercise, ServerWithCertificate certificate) {
    return switch (exercise) {
      case "04" -> SmallServer.plain();
      case "05" -> SmallServer.tls(certificate.context());
      default -> SmallServer.both(certificate.context());
    };
  }

  /** Returns a program that runs, by its ports. */
  static SmallTarget of(String exercise, SmallProgram program) {
    return new SmallTarget(exercise, program::close, program::plainPort, program::tlsPort);
  }

  private static SmallTarget of(String exercise, SmallServer server) {
    return new SmallTarget(exercise, server::close, server::plainPort, server::tlsPort);
  }

  /** Returns the plain port, or {@link #NOT_SERVED}. */
  int plainPort() {
    return plainPort;
  }

  /** Returns the TLS port, or {@link #NOT_SERVED}. */
  int tlsPort() {
    return tlsPort;
  }

  @Override
  public void close() {
    end.run();
  }
}

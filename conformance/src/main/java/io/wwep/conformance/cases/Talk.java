package io.wwep.conformance.cases;

import io.wwep.conformance.wire.Devices;
import io.wwep.conformance.wire.Port;
import io.wwep.conformance.wire.Target;
import io.wwep.conformance.wire.TlsProbe;
import io.wwep.conformance.wire.Transcript;
import io.wwep.conformance.wire.Wire;
import io.wwep.conformance.wire.Wires;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * One try of one case: its connections, and its device. In all texts {@code ####} stands for the
 * four digits of a device that nobody wrote to, {@code ~~~~} for the same in lower case.
 */
public final class Talk {

  private final Target target;
  private final Wires wires;
  private final Devices devices;
  private final List<Port> ports;
  private final String device;

  /**
   * @param doors of the case
   * @throws IOException when the server cannot be asked for a device
   */
  public Talk(Target target, Doors doors, Devices devices, Transcript transcript)
      throws IOException {
    this.target = target;
    this.devices = devices;
    wires = new Wires(target, transcript);
    ports = doors.ports();
    device = devices.fresh();
  }

  /** Returns the server. */
  Target target() {
    return target;
  }

  /** Returns the case's port, the plain one for both. */
  Port port() {
    return ports.get(0);
  }

  List<Port> ports() {
    return ports;
  }

  /** Returns one more device that nobody wrote to. */
  String otherDevice() throws IOException {
    return devices.fresh();
  }

  String fill(String text) {
    return fill(text, device);
  }

  static String fill(String text, String device) {
    return text.replace("####", device).replace("~~~~", device.toLowerCase(Locale.ROOT));
  }

  Wire connect() throws IOException {
    return wires.connect(port());
  }

  Wire connect(Port port) throws IOException {
    return wires.connect(port);
  }

  Wire clear(Port port) throws IOException {
    return wires.clear(port);
  }

  Wire tls(String version) throws IOException {
    return wires.tls(version);
  }

  TlsProbe probe(String version) throws IOException {
    return wires.probe(version);
  }

  /** Sends one message on a connection of its own, as boards do, and reads its reply. */
  void ask(String message, String reply) throws IOException {
    ask(port(), message, reply);
  }

  void ask(Port port, String message, String reply) throws IOException {
    try (Wire wire = wires.connect(port)) {
      wire.exchange(fill(message), fill(reply));
    }
  }

  static void pause(int millis) throws InterruptedException {
    Thread.sleep(millis);
  }

  static long millisSince(long startNanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
  }
}

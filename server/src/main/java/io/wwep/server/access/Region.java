package io.wwep.server.access;

import io.wwep.protocol.RegisterId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Some registers of some devices: a range of each.
 *
 * @param own whether the devices are the requester's own, and the range of devices means nothing
 * @param deviceFrom 0 to 65535
 * @param deviceTo as large or larger
 * @param registerFrom 0 to 255
 * @param registerTo as large or larger
 */
public record Region(boolean own, int deviceFrom, int deviceTo, int registerFrom, int registerTo) {

  private static final int HEX = 16;

  /** All registers of all devices. */
  public static final Region ALL =
      new Region(false, 0, RegisterId.DEVICE_MAX, 0, RegisterId.REGISTER_MAX);

  /** All registers of the requester's own device. */
  public static final Region OWN = new Region(true, 0, 0, 0, RegisterId.REGISTER_MAX);

  private static final Pattern TEXT =
      Pattern.compile(
          "(?:(?<own>own)|\\*|(?<device>H{4})(?:-(?<deviceTo>H{4}))?)".replace("H", "[0-9A-Fa-f]")
              + "(?::(?:\\*|(?<register>H{2})(?:-(?<registerTo>H{2}))?))?"
                  .replace("H", "[0-9A-Fa-f]"));

  /**
   * @throws IllegalArgumentException when a number is out of its range, or ranges run backwards
   */
  public Region {
    requireRange("device", deviceFrom, deviceTo, RegisterId.DEVICE_MAX, 4);
    requireRange("register", registerFrom, registerTo, RegisterId.REGISTER_MAX, 2);
  }

  private static void requireRange(String what, int from, int to, int max, int digits) {
    if (from < 0 || to > max || from > to) {
      String range = ("%0" + digits + "X-%0" + digits + "X").formatted(from, to);
      throw new IllegalArgumentException(
          "range of %ss runs from the smaller to the larger, not %s".formatted(what, range));
    }
  }

  /**
   * Reads one: {@code *}, {@code own} or a device or range of them, and behind a colon, where not
   * all are meant, a register or range of them: {@code 0FAC}, {@code 0001-001E:00-0F}, {@code
   * own:05}, {@code *:05}.
   *
   * @throws IllegalArgumentException when it is none, with the reason
   */
  public static Region parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "takes devices and registers, as in \"0FAC\", \"0001-001E:00-0F\", \"own\" or \"*:05\", not \"%s\""
              .formatted(text));
    }
    String device = matcher.group("device");
    String register = matcher.group("register");
    return new Region(
        matcher.group("own") != null,
        device == null ? 0 : number(device),
        device == null ? RegisterId.DEVICE_MAX : to(matcher.group("deviceTo"), device),
        register == null ? 0 : number(register),
        register == null ? RegisterId.REGISTER_MAX : to(matcher.group("registerTo"), register));
  }

  private static int to(String given, String from) {
    return number(given == null ? from : given);
  }

  private static int number(String hex) {
    return Integer.parseInt(hex, HEX);
  }

  /** Returns it for one who is a device: its own become those of that device. */
  Region ofDevice(int device) {
    return own ? new Region(false, device, device, registerFrom, registerTo) : this;
  }

  /**
   * @param address of a register, see {@link RegisterId#ofAddress}
   */
  boolean contains(int address) {
    int device = address >>> 8;
    int register = address & RegisterId.REGISTER_MAX; // as bits, all are set
    return device >= deviceFrom
        && device <= deviceTo
        && register >= registerFrom
        && register <= registerTo;
  }
}

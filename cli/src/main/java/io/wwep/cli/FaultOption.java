package io.wwep.cli;

import io.wwep.tap.change.Fault;
import io.wwep.tap.change.FaultKind;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A fault on the command line: {@code NAME}, {@code NAME=TIME}, and either with {@code @WHOM}. */
final class FaultOption implements ITypeConverter<Fault>, Iterable<String> {

  private static final Pattern FORM = Pattern.compile("([^=@]*)(?:=([^@]*))?(?:@(.*))?");
  private static final Pattern DEVICE = Pattern.compile("[0-9A-Fa-f]{4}");

  private static List<String> words() {
    return Arrays.stream(FaultKind.values()).map(FaultKind::word).toList();
  }

  @Override
  public Iterator<String> iterator() {
    return words().iterator();
  }

  @Override
  public Fault convert(String text) {
    Matcher match = FORM.matcher(text.strip());
    if (!match.matches()) {
      throw new TypeConversionException(
          "takes NAME, NAME=TIME, NAME@DEVICE or NAME@ADDRESS, not '%s'".formatted(text));
    }
    FaultKind kind = kind(match.group(1).strip());
    Duration time = time(kind, match.group(2));
    String whom = match.group(3);
    try {
      return whom != null && DEVICE.matcher(whom).matches()
          ? new Fault(kind, time, new HexNumbers.Device().convert(whom), null)
          : new Fault(kind, time, Fault.ALL, whom == null ? null : address(whom));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("takes it otherwise: " + e.getMessage());
    }
  }

  private static FaultKind kind(String name) {
    for (FaultKind each : FaultKind.values()) {
      if (each.word().equals(name.toLowerCase(Locale.ROOT))) {
        return each;
      }
    }
    String nearest = Nearest.question(name, words());
    throw new TypeConversionException(
        "takes no '%s'%s"
            .formatted(
                name, nearest.isEmpty() ? ": there are " + String.join(", ", words()) : nearest));
  }

  private static Duration time(FaultKind kind, String text) {
    if (text == null) {
      return null;
    }
    if (!kind.takesTime()) {
      throw new TypeConversionException(
          "takes %s without a time, not '=%s'".formatted(kind.word(), text));
    }
    try {
      return new Durations.OfReply().convert(text);
    } catch (TypeConversionException e) {
      throw new TypeConversionException(
          "takes %s with a time from 1ms to 10m, as in %s=300ms, not '=%s'"
              .formatted(kind.word(), kind.word(), text));
    }
  }

  private static InetAddress address(String text) {
    try {
      return new AddressLiteral().convert(text);
    } catch (TypeConversionException e) {
      throw new TypeConversionException(
          "takes behind @ a device of four hex digits, as in 0FAC, or a board's IP address, not '%s'"
              .formatted(text));
    }
  }
}

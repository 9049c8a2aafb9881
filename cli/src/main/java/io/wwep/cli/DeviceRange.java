package io.wwep.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Devices from one ID to another.
 *
 * @param first 0 to 65535
 * @param last {@code first} to 65535
 */
record DeviceRange(int first, int last) {

  private static final Pattern FROM_TO = Pattern.compile("([^-]+)-([^-]+)");

  IntStream ids() {
    return IntStream.rangeClosed(first, last);
  }

  /** From the command line: {@code 0FAC}, or {@code 0001-001E}. */
  static final class Converter implements ITypeConverter<DeviceRange> {

    private final HexNumbers.Device device = new HexNumbers.Device();

    @Override
    public DeviceRange convert(String text) {
      Matcher range = FROM_TO.matcher(text);
      if (!range.matches()) {
        int only = device.convert(text);
        return new DeviceRange(only, only);
      }
      int first = device.convert(range.group(1));
      int last = device.convert(range.group(2));
      if (first > last) {
        throw new TypeConversionException(
            "takes a range from the lower ID to the higher one, not '%s'".formatted(text));
      }
      return new DeviceRange(first, last);
    }
  }
}

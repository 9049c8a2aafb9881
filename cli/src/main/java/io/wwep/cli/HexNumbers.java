package io.wwep.cli;

import java.util.HexFormat;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Devices, registers and values: hex as on the wire, with or without {@code 0x}. */
abstract class HexNumbers implements ITypeConverter<Integer> {

  private static final Pattern PREFIX = Pattern.compile("^0[xX]");
  private static final Pattern DIGITS = Pattern.compile("[0-9a-fA-F]+");

  private final int digitsMax;
  private final String example;

  private HexNumbers(int digitsMax, String example) {
    this.digitsMax = digitsMax;
    this.example = example;
  }

  @Override
  public final Integer convert(String text) {
    String digits = PREFIX.matcher(text.strip()).replaceFirst("");
    if (digits.length() > digitsMax || !DIGITS.matcher(digits).matches()) {
      throw new TypeConversionException(
          "takes 1 to %d hex digits, as in %s or 0x%s, not '%s'"
              .formatted(digitsMax, example, example, text));
    }
    return HexFormat.fromHexDigits(digits);
  }

  /** A device ID, 0000 to FFFF. */
  static final class Device extends HexNumbers {
    Device() {
      super(4, "0FAC");
    }
  }

  /** A register number, 00 to FF. */
  static final class Register extends HexNumbers {
    Register() {
      super(2, "0B");
    }
  }

  /** A register's value, 0000 to FFFF. */
  static final class Value extends HexNumbers {
    Value() {
      super(4, "1234");
    }
  }
}

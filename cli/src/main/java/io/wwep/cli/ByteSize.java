package io.wwep.cli;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes of files as people write them: {@code 100MB}, {@code 500kB}, {@code 65536}; in bytes. */
abstract class ByteSize implements ITypeConverter<Long> {

  private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\s*(b|kb|mb|gb)?");

  private static final Map<String, Long> UNITS =
      Map.of("b", 1L, "kb", 1_000L, "mb", 1_000_000L, "gb", 1_000_000_000L);

  private final long min;
  private final long max;
  private final String range;

  private ByteSize(long min, long max, String range) {
    this.min = min;
    this.max = max;
    this.range = range;
  }

  @Override
  public final Long convert(String text) {
    Matcher match = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!match.matches()) {
      throw new TypeConversionException(
          "takes a whole number with kB, MB or GB, as in 100MB, not '%s'".formatted(text));
    }
    long unit = match.group(2) == null ? 1 : UNITS.get(match.group(2));
    BigDecimal bytes = new BigDecimal(match.group(1)).multiply(BigDecimal.valueOf(unit));
    if (bytes.compareTo(BigDecimal.valueOf(min)) < 0
        || bytes.compareTo(BigDecimal.valueOf(max)) > 0) {
      throw new TypeConversionException("takes %s, not '%s'".formatted(range, text));
    }
    return bytes.longValueExact();
  }

  /** How large a capture may become. */
  static final class OfCapture extends ByteSize {
    OfCapture() {
      super(10_000L, 1_000_000_000_000L, "a size from 10kB to 1000GB");
    }
  }
}

package io.wwep.cli;

import io.wwep.bench.Load;
import io.wwep.board.crowd.Crowd;
import io.wwep.server.Limits;
import io.wwep.store.sqlite.HistoryReader;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers on the command line, each checked against its range. */
abstract class Numbers implements ITypeConverter<Integer> {

  private static final Pattern DECIMAL = Pattern.compile("\\d{1,9}");

  /** What a number is in a place whose name does not say so. */
  static final String PORT = "port";

  private final String noun;
  private final int min;
  private final int max;

  private Numbers(int min, int max) {
    this("number", min, max);
  }

  private Numbers(String noun, int min, int max) {
    this.noun = noun;
    this.min = min;
    this.max = max;
  }

  @Override
  public final Integer convert(String text) {
    String digits = text.strip();
    int number = DECIMAL.matcher(digits).matches() ? Integer.parseInt(digits) : -1;
    if (number < min || number > max) {
      throw new TypeConversionException(
          "takes a %s from %d to %d, not '%s'".formatted(noun, min, max, text));
    }
    return number;
  }

  /** A port to listen on; 0 is a free one. */
  static final class ListeningPort extends Numbers {
    ListeningPort() {
      super(0, 65_535);
    }

    ListeningPort(String noun) {
      super(noun, 0, 65_535);
    }
  }

  /** A port to connect to. */
  static final class RemotePort extends Numbers {
    RemotePort() {
      super(1, 65_535);
    }

    RemotePort(String noun) {
      super(noun, 1, 65_535);
    }
  }

  /** How many connections a server takes. */
  static final class Connections extends Numbers {
    Connections() {
      super(1, Limits.MAX);
    }
  }

  /** How much a server takes from one address; 0 is as much as it sends. */
  static final class Limit extends Numbers {
    Limit() {
      super(Limits.NONE, Limits.MAX);
    }
  }

  /** How many writes of the history are printed. */
  static final class Entries extends Numbers {
    Entries() {
      super(1, HistoryReader.LIMIT_MAX);
    }
  }

  /** How many replies a raw exchange waits for. */
  static final class Replies extends Numbers {
    Replies() {
      super(0, 65_536);
    }
  }

  /** Connections of a load. */
  static final class LoadConnections extends Numbers {
    LoadConnections() {
      super(1, Load.CONNECTIONS_MAX);
    }
  }

  /** Requests in flight on a connection. */
  static final class Pipeline extends Numbers {
    Pipeline() {
      super(1, Load.PIPELINE_MAX);
    }
  }

  /** A share. */
  static final class Percent extends Numbers {
    Percent() {
      super(0, Load.PERCENT_MAX);
    }
  }

  /** Boards at once. */
  static final class Boards extends Numbers {
    Boards() {
      super(1, Crowd.BOARDS_MAX);
    }
  }

  /** Messages of each board. */
  static final class Messages extends Numbers {
    Messages() {
      super(1, 1_000_000);
    }
  }

  /** Devices that a load uses. */
  static final class Devices extends Numbers {
    Devices() {
      super(1, Load.DEVICES_MAX);
    }
  }

  /** Registers that a load uses of each device. */
  static final class Registers extends Numbers {
    Registers() {
      super(1, Load.REGISTERS_MAX);
    }
  }

  /** Requests a second. */
  static final class Rate extends Numbers {
    Rate() {
      super(1, 100_000_000);
    }
  }

  /** Connections that are only held. */
  static final class IdleConnections extends Numbers {
    IdleConnections() {
      super(0, Load.IDLE_MAX);
    }
  }

  /** How long a certificate holds: until the end of 2049 at most, whatever is asked for. */
  static final class Days extends Numbers {
    Days() {
      super(1, 10_000);
    }
  }

  /** Event loops of a load. */
  static final class Threads extends Numbers {
    Threads() {
      super(1, Load.THREADS_MAX);
    }
  }
}

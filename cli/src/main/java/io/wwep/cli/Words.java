package io.wwep.cli;

import io.wwep.certs.BoardStack;
import io.wwep.certs.ChainReport;
import io.wwep.certs.embed.Firmware;
import io.wwep.certs.file.Form;
import io.wwep.server.ReadOnly;
import io.wwep.server.Transport;
import io.wwep.server.access.Door;
import io.wwep.server.tls.ClientAuth;
import io.wwep.server.tls.TlsProfile;
import io.wwep.store.Fsync;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Options whose value is one of a few words; also tells the shell's completion which. */
abstract class Words<E extends Enum<E>> implements ITypeConverter<E>, Iterable<String> {

  private final Class<E> type;

  private Words(Class<E> type) {
    this.type = type;
  }

  @Override
  public final E convert(String text) {
    for (E constant : type.getEnumConstants()) {
      if (word(constant).equalsIgnoreCase(text.strip())) {
        return constant;
      }
    }
    List<String> words = words();
    throw new TypeConversionException(
        "takes %s or %s, not '%s'%s"
            .formatted(
                String.join(", ", words.subList(0, words.size() - 1)),
                words.get(words.size() - 1),
                text,
                Nearest.question(text, words)));
  }

  private List<String> words() {
    return Arrays.stream(type.getEnumConstants()).map(Words::word).toList();
  }

  @Override
  public final Iterator<String> iterator() {
    return words().iterator();
  }

  /**
   * Returns the word that stands for a constant on the command line, with hyphens as options have
   * them; io_uring has been called so by others.
   */
  static String word(Enum<?> constant) {
    String word = constant.name().toLowerCase(Locale.ROOT);
    return constant instanceof Transport ? word : word.replace('_', '-');
  }

  /** When a write counts as durable. */
  static final class OfFsync extends Words<Fsync> {
    OfFsync() {
      super(Fsync.class);
    }
  }

  /** Which ports take reads only. */
  static final class OfReadOnly extends Words<ReadOnly> {
    OfReadOnly() {
      super(ReadOnly.class);
    }
  }

  /** Which versions and suites of TLS are taken. */
  static final class OfTlsProfile extends Words<TlsProfile> {
    OfTlsProfile() {
      super(TlsProfile.class);
    }
  }

  /** Whether clients are asked for a certificate. */
  static final class OfClientAuth extends Words<ClientAuth> {
    OfClientAuth() {
      super(ClientAuth.class);
    }
  }

  /** What somebody may want to do. */
  static final class OfDeed extends Words<PolicyTestCommand.Deed> {
    OfDeed() {
      super(PolicyTestCommand.Deed.class);
    }
  }

  /** Where requests come in. */
  static final class OfDoor extends Words<Door> {
    OfDoor() {
      super(Door.class);
    }
  }

  /** On or off. */
  static final class OfSwitch extends Words<AccessOptions.Switch> {
    OfSwitch() {
      super(AccessOptions.Switch.class);
    }
  }

  /** Which buttons boards press. */
  static final class OfButtons extends Words<CrowdOptions.Buttons> {
    OfButtons() {
      super(CrowdOptions.Buttons.class);
    }
  }

  /** What moves the bytes. */
  static final class OfTransport extends Words<Transport> {
    OfTransport() {
      super(Transport.class);
    }
  }

  /** How the server's lines look. */
  static final class OfLogFormat extends Words<LogFormat> {
    OfLogFormat() {
      super(LogFormat.class);
    }
  }

  /** What an export has rows of. */
  static final class OfRowKind extends Words<RowKind> {
    OfRowKind() {
      super(RowKind.class);
    }
  }

  /** How rows are written. */
  static final class OfRowFormat extends Words<RowFormat> {
    OfRowFormat() {
      super(RowFormat.class);
    }
  }

  /** The TLS stacks of boards. */
  static final class OfBoardStack extends Words<BoardStack> {
    OfBoardStack() {
      super(BoardStack.class);
    }
  }

  /** Which certificates of a chain are meant. */
  static final class OfChainPart extends Words<ChainReport.Part> {
    OfChainPart() {
      super(ChainReport.Part.class);
    }
  }

  /** The forms of files with keys and certificates. */
  static final class OfForm extends Words<Form> {
    OfForm() {
      super(Form.class);
    }
  }

  /** What a certificate can become a part of. */
  static final class OfFirmware extends Words<Firmware> {
    OfFirmware() {
      super(Firmware.class);
    }
  }
}

package io.wwep.cli;

import io.wwep.certs.IdentityException;
import io.wwep.certs.ServerName;
import io.wwep.client.ChainFetch;
import io.wwep.client.ShownChain;
import io.wwep.client.WwepException;
import io.wwep.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How to get at the certificates that a server shows. */
@Command(sortOptions = false)
final class FetchOptions {

  @Option(
      names = "--servername",
      paramLabel = "NAME",
      converter = Name.class,
      description = "Ask the server for this name (SNI) in place of its host.")
  ServerName serverName;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Durations.OfReply.class,
      description = "How long connecting and the handshake may take each (10s).")
  Duration timeout = Duration.ofSeconds(10);

  /**
   * Runs a command, and turns why it could not be into a sentence, and an object where one is asked
   * for.
   *
   * @return the exit code
   */
  static int orReason(Console console, boolean json, IntSupplier command) {
    try {
      return command.getAsInt();
    } catch (WwepException e) {
      return console.fail(none(json, "no-answer"), e.getMessage(), ExitCode.NO_ANSWER);
    } catch (IdentityException e) {
      return console.fail(none(json, "file"), e.getMessage(), Faults.fileExitCode(e));
    } catch (CliException | StoreException e) {
      return console.fail(none(json, "usage"), e.getMessage(), Faults.exitCode(e));
    }
  }

  private static Json none(boolean json, String error) {
    return json ? new Json().put("result", "none").put("error", error) : null;
  }

  /** Returns what the server is asked for, if that was given. */
  Optional<ServerName> name() {
    return Optional.ofNullable(serverName);
  }

  /** A name or an address, from the command line. */
  static final class Name implements ITypeConverter<ServerName> {

    @Override
    public ServerName convert(String text) {
      try {
        return ServerName.of(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  ShownChain fetch(TlsTarget target) {
    // Old servers have certificates too.
    OldTls.allowAll();
    String asked = name().map(ServerName::text).orElse(null);
    return ChainFetch.run(target.host(), target.port(), asked, timeout);
  }
}

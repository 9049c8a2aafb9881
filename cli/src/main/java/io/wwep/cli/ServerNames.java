package io.wwep.cli;

import io.wwep.certs.PairFiles;
import io.wwep.certs.ServerName;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What a server's certificate is for, and how that is told. */
@Command
final class ServerNames {

  /** A computer may have many addresses. */
  private static final int SHOWN_MAX = 3;

  /** File systems take 255 bytes, of which the ends need some. */
  private static final int FILE_NAME_MAX = 200;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = {
        "Names and addresses that boards connect to; the first one names the files",
        "(those of this computer)."
      })
  List<String> given = List.of();

  /**
   * Returns those that were given, or else this computer's.
   *
   * @throws CliException when no file can be called by the first one
   */
  List<ServerName> all() {
    List<ServerName> all =
        given.isEmpty()
            ? ServerName.ofThisComputer()
            : ManyArguments.convert(command, given, ServerNames::parse).stream()
                .distinct()
                .toList();
    if (all.get(0).fileName().length() > FILE_NAME_MAX) {
      throw new CliException(
          "the first name has more than %d characters, and the files are called by it: put a shorter one first"
              .formatted(FILE_NAME_MAX));
    }
    return all;
  }

  private static ServerName parse(String text) {
    try {
      ServerName name = ServerName.of(text);
      if (name.text().endsWith(PairFiles.KEY_MARK)) {
        throw new TypeConversionException(
            "takes no name that ends in %s, since keys are called so, and not '%s'"
                .formatted(PairFiles.KEY_MARK, text));
      }
      return name;
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  /** Returns {@code for wwep.lab, 192.168.1.5 and 3 more}. */
  static String words(List<ServerName> names) {
    List<String> shown = new ArrayList<>();
    names.stream().limit(SHOWN_MAX).forEach(each -> shown.add(each.text()));
    int more = names.size() - shown.size();
    return "for " + String.join(", ", shown) + (more > 0 ? " and %d more".formatted(more) : "");
  }

  /** Returns what to do with a server's key. */
  static String keyUse(PairFiles files) {
    return "its private key, for the server alone: %s serve --cert %s --key %s"
        .formatted(
            CommandName.TEXT,
            CommandName.word(files.certificate().toString()),
            CommandName.word(files.key().toString()));
  }
}

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

  /** Returns those that were given, or else this computer's. */
  List<ServerName> all() {
    return given.isEmpty()
        ? ServerName.ofThisComputer()
        : ManyArguments.convert(command, given, ServerNames::parse).stream().distinct().toList();
  }

  private static ServerName parse(String text) {
    try {
      return ServerName.of(text);
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

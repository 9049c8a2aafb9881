package io.wwep.cli;

import io.wwep.certs.CertificateAuthority;
import io.wwep.certs.Identity;
import io.wwep.certs.PairFiles;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code wwep cert ca}: a CA for a class. */
@Command(
    name = "ca",
    header = "Make a CA, which signs the certificates of servers and boards.",
    description = {
      "  wwep cert ca                          ca.pem and ca.key.pem",
      "  wwep cert ca --name 'Class 4b' --out ~/class"
    })
final class CertCaCommand implements Callable<Integer> {

  /** It is in the boards' firmware, so it should not be over before they are. */
  private static final int DAYS = 3_650;

  private final Console console;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      converter = Name.class,
      description = "What people see as the issuer (WWEP CA and eight digits).")
  String name;

  @Mixin PairOptions options;
  @Mixin HelpOption help;

  CertCaCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    PairFiles files = PairFiles.in(options.directory, "ca");
    options.requireFree(files);
    String issuer = name == null ? CertificateAuthority.newName() : name;
    Identity made =
        CertificateAuthority.create(options.algorithm(), issuer, options.validity(DAYS)).identity();
    files.write(made);
    options
        .lines(
            files,
            made,
            issuer,
            "load it into the boards as their root",
            "its private key: who has it can make a certificate of any server and any board")
        .forEach(console::print);
    return ExitCode.OK;
  }

  /** A name that a certificate can have. */
  static final class Name implements ITypeConverter<String> {

    @Override
    public String convert(String text) {
      String name = text.strip();
      if (name.isEmpty() || name.length() > CertificateAuthority.NAME_LENGTH_MAX) {
        throw new TypeConversionException(
            "takes 1 to %d characters, not %d"
                .formatted(CertificateAuthority.NAME_LENGTH_MAX, name.length()));
      }
      return name;
    }
  }
}

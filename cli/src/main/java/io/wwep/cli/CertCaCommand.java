package io.wwep.cli;

import io.wwep.certs.CertificateAuthority;
import io.wwep.certs.Identity;
import io.wwep.certs.PairFiles;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
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

  private final Console console;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      converter = Name.class,
      description = "What people see as the issuer (WWEP CA and eight digits).")
  String name;

  @Option(
      names = "--days",
      paramLabel = "N",
      converter = Numbers.Days.class,
      description = "How long it is valid, at most until the end of 2049 (3650).")
  int days = 3650;

  @Mixin PairOptions options;
  @Mixin StackOption stack;
  @Mixin HelpOption help;

  CertCaCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    PairFiles files = PairFiles.in(options.directory, "ca");
    options.prepare(files);
    String issuer = name == null ? CertificateAuthority.newName() : name;
    Identity made =
        CertificateAuthority.create(options.algorithm(), issuer, PairOptions.validity(days))
            .identity();
    options.write(files, made);
    options
        .lines(
            files,
            made,
            issuer,
            "load it into the boards as their root",
            "its private key: who has it can make a certificate of any server and any board")
        .forEach(console::print);
    stack.warn(console, made.chain());
    return ExitCode.OK;
  }

  /** A name that a certificate can have. */
  static final class Name implements ITypeConverter<String> {

    /** Control characters, halves of a character, and what stands for one that was not read. */
    private static final Pattern UNREADABLE = Pattern.compile("[\\p{Cntrl}\\p{Cs}\\uFFFD]");

    @Override
    public String convert(String text) {
      String name = text.strip();
      if (UNREADABLE.matcher(name).find()) {
        throw new TypeConversionException(
            "takes letters, digits and signs, and there is something else in it: is the terminal's locale set to UTF-8?");
      }
      if (name.isEmpty() || name.length() > CertificateAuthority.NAME_LENGTH_MAX) {
        throw new TypeConversionException(
            "takes 1 to %d characters, not %d"
                .formatted(CertificateAuthority.NAME_LENGTH_MAX, name.length()));
      }
      return name;
    }
  }
}

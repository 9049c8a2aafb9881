package io.wwep.cli;

import io.wwep.certs.IdentityException;
import io.wwep.certs.file.CryptoFile;
import io.wwep.certs.file.Password;
import io.wwep.certs.file.Relations;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wwep cert show}: what is in files, and what is wrong with it. */
@Command(
    name = "show",
    header = "Show certificates, keys, requests and CRLs, and what is wrong with them.",
    description = {
      "  wwep cert show wwep.lab.pem           PEM, DER, PKCS#7, PKCS#8, PKCS#12: told by content",
      "  wwep cert show a.pem a.key.pem ca.pem and how they belong together",
      "  openssl s_client -connect HOST:40508 -showcerts | wwep cert show -",
      "A private key is described and never shown. The exit code is 0 for files that can be read,",
      "also with problems, and 1 for others."
    })
final class CertShowCommand implements Callable<Integer> {

  private final Console console;

  @Spec CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files to show; - is the standard input.")
  List<String> given;

  @Mixin PasswordOption password;

  @Option(names = "--json", description = "Print one JSON object, also for failures.")
  boolean json;

  @Mixin HelpOption help;

  CertShowCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Path> paths = ManyArguments.convert(spec, given, new FilePath());
    if (paths.stream().filter(FilePath::isDash).count() > 1) {
      throw new ParameterException(
          spec.commandLine(), "the standard input can be shown once: give - a single time");
    }
    try {
      Password opening = password.password();
      List<CryptoFile> files = paths.stream().map(path -> read(console, path, opening)).toList();
      print(files, Instant.now());
      return ExitCode.OK;
    } catch (IdentityException e) {
      Json object = json ? new Json().put("result", "none").put("error", "file") : null;
      return console.fail(object, e.getMessage(), ExitCode.REJECTED);
    }
  }

  /**
   * Reads a file, or the standard input where {@code -} is given.
   *
   * @throws IdentityException as {@link CryptoFile#read}
   */
  static CryptoFile read(Console console, Path path, Password opening) {
    return FilePath.isDash(path)
        ? CryptoFile.read(console.in(), "standard input", opening)
        : CryptoFile.read(path, opening);
  }

  private void print(List<CryptoFile> files, Instant now) {
    Relations relations = Relations.of(files, now);
    if (json) {
      console.print(CertShowJson.of(files, relations, now).put("exitCode", ExitCode.OK).toString());
      return;
    }
    List<String> lines = new ArrayList<>();
    CertShowLines shown = new CertShowLines(console, now, lines);
    files.forEach(shown::file);
    shown.relations(relations);
    lines.forEach(console.out()::println);
  }
}

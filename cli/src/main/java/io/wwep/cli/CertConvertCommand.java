package io.wwep.cli;

import io.wwep.certs.IdentityException;
import io.wwep.certs.OutputFile;
import io.wwep.certs.file.Conversion;
import io.wwep.certs.file.Converted;
import io.wwep.certs.file.CryptoFile;
import io.wwep.certs.file.Form;
import io.wwep.certs.file.Password;
import io.wwep.store.sqlite.NewFile;
import java.nio.file.Path;
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

/** {@code wwep cert convert}: the same certificates and keys in another form. */
@Command(
    name = "convert",
    header = "Convert certificates and keys between PEM, DER, PKCS#7, PKCS#8 and PKCS#12.",
    description = {
      "  wwep cert convert server.cer server.pem             DER or anything else to PEM",
      "  wwep cert convert server.pem server.der             one certificate, binary",
      "  wwep cert convert old.key new.key.pem               any private key to PKCS#8",
      "  wwep cert convert a.p12 a.key.pem --password-file pw",
      "  wwep cert convert a.pem --key a.key.pem a.p12 --password-file pw",
      "What IN is tells its content, what OUT is its name. A key gets into .key.pem, .key, .p8, .p12",
      "and .pfx, and into .pem and .der when there is nothing else; what is left out is told."
    })
final class CertConvertCommand implements Callable<Integer> {

  private final Console console;

  @Spec CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = {
        "Files to read, and as the last one the file to write; - is standard input, and as the",
        "last one standard output, for certificates alone (as PEM)."
      })
  List<String> given;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = "The private key, where it has a file of its own.")
  Path key;

  @Option(
      names = "--to",
      paramLabel = "FORM",
      converter = Words.OfForm.class,
      completionCandidates = Words.OfForm.class,
      description = {
        "pem, certificates (PEM without a key), der, pkcs8, pkcs12 or pkcs7",
        "(by the name of the file to write)."
      })
  Form form;

  @Mixin PasswordOption password;

  @Option(
      names = "--out-password-file",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = {
        "The password of the file to write: PKCS#12 (as that of the files that are read),",
        "or a private key (none)."
      })
  Path outPassword;

  @Option(
      names = "--force",
      description = "Replace the file if it is there; it is kept with .old at its name's end.")
  boolean force;

  @Mixin HelpOption help;

  CertConvertCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Path> paths = ManyArguments.convert(spec, given, new FilePath());
    if (paths.size() < 2) {
      throw new ParameterException(
          spec.commandLine(), "there is one file to read, and none to write");
    }
    Path out = paths.get(paths.size() - 1);
    List<Path> in = new ArrayList<>(paths.subList(0, paths.size() - 1));
    if (key != null) {
      in.add(key);
    }
    Form chosen = form == null ? formOf(out) : form;
    if (!FilePath.isDash(out)) {
      NewFile.requireForeign(out);
      OutputFile.prepare(out, force);
    }
    try {
      convert(in.stream().distinct().toList(), out, chosen);
      return ExitCode.OK;
    } catch (IdentityException e) {
      return console.fail(null, e.getMessage(), Faults.fileExitCode(e));
    }
  }

  private void convert(List<Path> in, Path out, Form chosen) {
    Password opening = password.password();
    List<CryptoFile> files =
        in.stream().map(each -> CertShowCommand.read(console, each, opening)).toList();
    Conversion conversion = new Conversion(files);
    if (conversion.givesKey(chosen)) {
      // It would stay on a terminal and in its scrollback, or in a file that others may read.
      FilePath.requireFile(out, "a private key");
    }
    Converted made = conversion.to(chosen, protection(chosen, opening));
    if (FilePath.isDash(out)) {
      print(made);
    } else {
      OutputFile.write(out, made.bytes(), made.secret(), force);
      console.print("%s  %s: %s".formatted(out, chosen.words(), made.what()));
    }
    made.notes().forEach(console::note);
  }

  private void print(Converted made) {
    console.out().write(made.bytes(), 0, made.bytes().length);
    console.out().flush();
  }

  private Form formOf(Path out) {
    if (FilePath.isDash(out)) {
      return Form.PEM;
    }
    try {
      return Form.of(out);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** A key is written without a password unless one is given for it: boards take no others. */
  private Password protection(Form chosen, Password opening) {
    if (outPassword != null) {
      return Password.read(outPassword);
    }
    return chosen == Form.PKCS12 ? opening : Password.NONE;
  }
}

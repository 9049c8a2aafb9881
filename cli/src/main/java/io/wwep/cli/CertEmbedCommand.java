package io.wwep.cli;

import io.wwep.certs.IdentityException;
import io.wwep.certs.OutputFile;
import io.wwep.certs.embed.Embedded;
import io.wwep.certs.embed.Embedding;
import io.wwep.certs.embed.Firmware;
import io.wwep.certs.file.CryptoFile;
import io.wwep.store.sqlite.NewFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code wwep cert embed}: the ways onto a board. */
@Command(
    name = "embed",
    header = "Make a certificate or key a part of a board's firmware.",
    description = {
      "  wwep cert embed ca.pem --as c > ca.c             an array of characters",
      "  wwep cert embed ca.pem --as header > ca.h",
      "  wwep cert embed ca.pem --as wiced-dct --out .    ca.pem for the DCT, and code that loads it",
      "  wwep cert embed ca.pem --as wiced-resource --name myapp",
      "  wwep cert embed ca.pem --as arduino > ca.h       ESP32 and ESP8266",
      "  wwep cert embed ca.pem --as micropython > ca.py",
      "Certificates are embedded, and a private key when there is nothing else in FILE.",
      "Without --out the file is printed, and what to do with it on standard error."
    })
final class CertEmbedCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = "Certificates, or a private key, in any form; for a board its root's.")
  Path file;

  @Option(
      names = "--as",
      paramLabel = "KIND",
      required = true,
      converter = Words.OfFirmware.class,
      completionCandidates = Words.OfFirmware.class,
      description = "c, header, wiced-dct, wiced-resource, arduino or micropython.")
  Firmware firmware;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      converter = Name.class,
      description = {
        "What it is called in the source (by FILE's name);",
        "for WICED the application's name (myapp)."
      })
  String name;

  @Option(
      names = "--out",
      paramLabel = "PATH",
      converter = FilePath.class,
      description = "A file, or a directory that is there, for all files (standard output).")
  Path out;

  @Option(
      names = "--force",
      description = "Replace files that are there; they are kept with .old at their names' ends.")
  boolean force;

  @Mixin PasswordOption password;
  @Mixin HelpOption help;

  CertEmbedCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try {
      CryptoFile read = CryptoFile.read(file, password.password());
      Embedded made = Embedding.of(read, firmware, String.valueOf(file.getFileName()), name);
      if (out == null) {
        print(made);
      } else {
        write(made);
      }
      made.notes().forEach(console::note);
      return ExitCode.OK;
    } catch (IdentityException e) {
      return console.fail(null, e.getMessage(), ExitCode.REJECTED);
    }
  }

  private void print(Embedded made) {
    console.out().print(made.files().get(made.main()));
    console.out().flush();
    List<String> steps = new ArrayList<>(made.steps());
    made.files().entrySet().stream()
        .skip(1)
        .flatMap(code -> code.getValue().lines())
        .forEach(line -> steps.add(line.isEmpty() ? "" : "     " + line));
    steps.forEach(each -> console.err().println(console.plain(each)));
    console.err().flush();
  }

  private void write(Embedded made) {
    Map<Path, String> files = new LinkedHashMap<>();
    if (Files.isDirectory(out)) {
      made.files().forEach((each, text) -> files.put(out.resolve(each), text));
    } else {
      files.put(out, made.files().get(made.main()));
    }
    files.keySet().forEach(NewFile::requireForeign);
    files.keySet().forEach(each -> OutputFile.prepare(each, force));
    boolean secret = made.secret();
    for (Map.Entry<Path, String> each : files.entrySet()) {
      byte[] text = each.getValue().getBytes(StandardCharsets.US_ASCII);
      OutputFile.write(each.getKey(), text, secret, force);
      secret = false;
    }
    files.keySet().forEach(each -> console.print(each.toString()));
    made.steps().forEach(console::print);
    files.keySet().stream()
        .skip(1)
        .forEach(
            each ->
                console.print(
                    "     add %s to its sources, and call the function in it"
                        .formatted(each.getFileName())));
  }

  /** A name that a source can have. */
  static final class Name implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!Embedding.isIdentifier(text)) {
        throw new TypeConversionException(
            "takes a name as in C, letters, digits and _, 63 at most and no word of the language, not '%s'"
                .formatted(text));
      }
      return text;
    }
  }
}

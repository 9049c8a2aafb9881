package io.wwep.cli;

import io.wwep.certs.ChainFiles;
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
      "  wwep cert embed ca.pem --as wiced-dct --out app  ca.pem for the DCT, and code that loads it",
      "  wwep cert embed ca.pem --as wiced-resource --name myapp",
      "  wwep cert embed ca.pem --as arduino > ca.h       ESP32 and ESP8266",
      "  wwep cert embed ca.pem --as micropython > ca.py",
      "Certificates are embedded, and a private key when there is nothing else in FILE.",
      "Without --out the file is printed, and what to do with it on standard error; a private key",
      "goes into a file alone."
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
      description = {
        "A file, or a directory for all files (standard output). What is not there becomes a",
        "directory for the kinds that have two, unless it ends as a certificate's file does."
      })
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
      if (out == null || FilePath.isDash(out)) {
        print(made);
      } else {
        write(made);
      }
      made.notes().forEach(console::note);
      return ExitCode.OK;
    } catch (IdentityException e) {
      return console.fail(null, e.getMessage(), Faults.fileExitCode(e));
    }
  }

  /** A key would stay in a terminal's scrollback, or in a file that others may read. */
  private void print(Embedded made) {
    if (made.secret()) {
      requireFile();
    }
    console.out().print(made.files().get(made.main()));
    console.out().flush();
    made.steps().forEach(each -> console.err().println(console.plain(each)));
    code(made).forEach(each -> console.err().println(console.plain(each)));
    console.err().flush();
  }

  private void requireFile() {
    if (out == null) {
      throw new CliException("a private key goes into a file alone: name it with --out FILE");
    }
    FilePath.requireFile(out, "a private key");
  }

  private void write(Embedded made) {
    if (made.files().size() > 1 && !Files.exists(out) && !CertificateEnds.has(out.toString())) {
      ChainFiles.makeDirectory(out);
    }
    Map<Path, byte[]> files = new LinkedHashMap<>();
    made.files()
        .forEach(
            (each, text) ->
                files.putIfAbsent(place(each), text.getBytes(StandardCharsets.US_ASCII)));
    Path main = files.keySet().iterator().next();
    // PEM with LF alone is a file for WICED as it is, in its place or to be put there.
    files.entrySet().removeIf(each -> OutputFile.isThere(each.getKey(), each.getValue()));
    files.keySet().forEach(NewFile::requireForeign);
    files.keySet().forEach(each -> OutputFile.prepare(each, force));
    files.forEach(
        (each, text) -> OutputFile.write(each, text, made.secret() && each.equals(main), force));
    made.files().keySet().stream()
        .map(this::place)
        .distinct()
        .forEach(each -> console.print(each.toString()));
    tellSteps(made);
  }

  /** Code that uses the file gets a place only where there is a directory for both. */
  private Path place(String name) {
    return Files.isDirectory(out) ? out.resolve(name) : out;
  }

  private void tellSteps(Embedded made) {
    made.steps().forEach(console::print);
    if (Files.isDirectory(out)) {
      made.files().keySet().stream()
          .skip(1)
          .forEach(
              each ->
                  console.print(
                      "     add %s to its sources, and call the function in it".formatted(each)));
    } else {
      code(made).forEach(console::print);
    }
  }

  private static List<String> code(Embedded made) {
    return made.files().entrySet().stream()
        .skip(1)
        .flatMap(each -> each.getValue().lines())
        .map(line -> line.isEmpty() ? "" : "     " + line)
        .toList();
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

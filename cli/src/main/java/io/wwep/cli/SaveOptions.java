package io.wwep.cli;

import io.wwep.certs.ChainFiles;
import io.wwep.certs.ChainReport;
import io.wwep.certs.ChainReport.Part;
import io.wwep.certs.OutputFile;
import io.wwep.store.sqlite.NewFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which of the certificates of a chain to write, and where. */
@Command(sortOptions = false)
final class SaveOptions {

  @Option(
      names = "--save",
      paramLabel = "WHICH",
      converter = Words.OfChainPart.class,
      completionCandidates = Words.OfChainPart.class,
      description = "Write the root, the intermediate, the leaf (the server's own), or all.")
  Part part;

  @Option(
      names = "--out",
      paramLabel = "PATH",
      converter = FilePath.class,
      description = {
        "A file, when it ends in .pem, .crt, .cer or .der; else a directory, for files",
        "that are called by whom they are about (the current one)."
      })
  Path out;

  @Option(names = "--der", description = "Write DER (binary) in place of PEM.")
  boolean der;

  @Option(
      names = "--force",
      description = "Replace files that are there; they are kept with .old at their ends.")
  boolean force;

  /**
   * @throws CliException when the options do not belong together
   */
  void check() {
    if (part == null && (out != null || der || force)) {
      throw new CliException(
          "--out, --der and --force are about what is written: say with --save what that is");
    }
  }

  /**
   * Writes what was asked for, all of it or nothing where something is in the way.
   *
   * @param host by which the server's own is called
   * @return the files in their order, with what is in each
   */
  Map<Path, List<X509Certificate>> save(ChainReport report, String host) {
    Map<Path, List<X509Certificate>> files = files(report, host);
    files.keySet().forEach(NewFile::requireForeign);
    Map<Path, byte[]> contents = new LinkedHashMap<>();
    files.forEach((file, each) -> contents.put(file, ChainFiles.content(each, der)));
    contents.entrySet().removeIf(each -> OutputFile.isThere(each.getKey(), each.getValue()));
    contents.keySet().forEach(each -> OutputFile.prepare(each, force));
    contents.forEach((file, content) -> OutputFile.write(file, content, false, force));
    return files;
  }

  private boolean isFile() {
    return out != null
        && !Files.isDirectory(out)
        && (Files.exists(out) || CertificateEnds.has(out.toString()));
  }

  private Map<Path, List<X509Certificate>> files(ChainReport report, String host) {
    List<X509Certificate> certificates = report.part(part);
    Map<Path, List<X509Certificate>> files = new LinkedHashMap<>();
    if (isFile()) {
      if (der && certificates.size() > 1) {
        throw new CliException(
            "a DER file holds one certificate, and these are %d: give a directory with --out, or leave out --der"
                .formatted(certificates.size()));
      }
      PairOptions.requireWritable(out.toAbsolutePath().getParent());
      files.put(out, certificates);
      return files;
    }
    Path directory = out == null ? Path.of("") : out;
    ChainFiles.makeDirectory(directory);
    PairOptions.requireWritable(directory.toAbsolutePath());
    ChainFiles.names(certificates, report, host)
        .forEach(
            (certificate, name) ->
                files.put(directory.resolve(name + (der ? ".der" : ".pem")), List.of(certificate)));
    return files;
  }
}

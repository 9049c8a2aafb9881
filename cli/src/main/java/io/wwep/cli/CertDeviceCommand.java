package io.wwep.cli;

import io.wwep.certs.CertificateAuthority;
import io.wwep.certs.Identity;
import io.wwep.certs.IdentityException;
import io.wwep.certs.PairFiles;
import io.wwep.certs.Validity;
import io.wwep.store.sqlite.NewFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wwep cert device}: with what boards prove who they are. */
@Command(
    name = "device",
    header = "Make boards' keys and certificates, signed by the CA that lies in the same place.",
    description = {
      "  wwep cert device 0FAC                 device-0FAC.pem and device-0FAC.key.pem",
      "  wwep cert device 0001-001E            those of thirty boards",
      "  wwep cert device 0001-001E --zip class.zip"
    })
final class CertDeviceCommand implements Callable<Integer> {

  /** With RSA they take minutes. */
  private static final int DEVICES_MAX = 4_096;

  private static final Pattern COMMA_AT_END = Pattern.compile("^,(?!,)|(?<!,),$");

  private final Console console;

  @Spec CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "DEVICE",
      description = "Device IDs in hex, and ranges of them (spaces or commas between).")
  List<String> given;

  @Option(
      names = "--zip",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = {
        "Write all into this archive in place of the directory, private keys too,",
        "with the CA's certificate and a sheet that lists them."
      })
  Path zip;

  @Mixin CaOptions ca;

  @Option(
      names = "--days",
      paramLabel = "N",
      converter = Numbers.Days.class,
      description = "How long it is valid, no longer than its CA (3650).")
  int days = 3650;

  @Mixin PairOptions options;
  @Mixin StackOption stack;
  @Mixin HelpOption help;

  CertDeviceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Integer> devices = devices();
    CertificateAuthority signer = ca.read(options.directory);
    prepare(devices);
    SortedMap<Integer, Identity> made = make(signer, devices);
    if (zip == null) {
      writeAll(made);
      tell(made);
    } else {
      NewFile.write(
          zip, options.force, stream -> DeviceArchive.write(stream, signer.identity(), made));
      console.print(
          "%s  %s, until %s, their private keys too; devices.csv in it lists them"
              .formatted(
                  zip, Counts.devices(made.size()), PairOptions.end(made.get(made.firstKey()))));
    }
    stack.warn(console, made.get(made.firstKey()).chain());
    return ExitCode.OK;
  }

  /** On all processors, since each key takes up to a second. */
  private SortedMap<Integer, Identity> make(CertificateAuthority signer, List<Integer> devices) {
    Validity validity = PairOptions.validity(days);
    ProgressLine progress = new ProgressLine(console, devices.size() > 1);
    String line = "made %,d of " + Counts.devices(devices.size());
    AtomicInteger done = new AtomicInteger();
    progress.show(form(line, 0));
    try {
      return devices.parallelStream()
          .collect(
              Collectors.toMap(
                  Function.identity(),
                  each -> {
                    Identity made = signer.issueDevice(options.algorithm(), each, validity);
                    progress.show(form(line, done.incrementAndGet()));
                    return made;
                  },
                  (one, other) -> one,
                  TreeMap::new));
    } finally {
      progress.clear();
    }
  }

  private static String form(String line, int done) {
    return String.format(Locale.ROOT, line, done);
  }

  /** Thousands of keys take minutes, and what speaks against them should be said before. */
  private void prepare(List<Integer> devices) {
    if (zip == null) {
      devices.forEach(each -> options.prepare(files(each)));
    } else {
      FilePath.requireFile(zip, "an archive with private keys");
      ca.requireOthers(options.directory, zip);
      NewFile.requireNone(zip, options.force);
      PairOptions.requireWritable(zip.toAbsolutePath().getParent());
    }
  }

  /** All or none: who has half of a class could not have the rest made without these. */
  private void writeAll(SortedMap<Integer, Identity> made) {
    List<PairFiles> written = new ArrayList<>();
    try {
      made.forEach(
          (device, identity) -> {
            options.write(files(device), identity);
            written.add(files(device));
          });
    } catch (IdentityException e) {
      if (!options.force) {
        removeAgain(written, e);
      }
      throw e;
    }
  }

  private static void removeAgain(List<PairFiles> written, IdentityException reason) {
    for (PairFiles each : written) {
      try {
        each.remove();
      } catch (IdentityException e) {
        reason.addSuppressed(e);
      }
    }
  }

  private List<Integer> devices() {
    List<String> pieces = given.stream().flatMap(CertDeviceCommand::pieces).toList();
    List<Integer> devices =
        ManyArguments.convert(spec, pieces.isEmpty() ? given : pieces, new DeviceRange.Converter())
            .stream()
            .flatMap(range -> range.ids().boxed())
            .distinct()
            .sorted()
            .toList();
    if (devices.size() > DEVICES_MAX) {
      throw new CliException(
          "these are %s, and at most %s are made at a time: make them in several steps"
              .formatted(Counts.devices(devices.size()), Counts.devices(DEVICES_MAX)));
    }
    return devices;
  }

  /** Whoever types a space behind a comma, or in front of it, gives it at an argument's end. */
  private static Stream<String> pieces(String argument) {
    return argument.equals(",")
        ? Stream.empty()
        : Arrays.stream(COMMA_AT_END.matcher(argument).replaceAll("").split(",", -1));
  }

  private PairFiles files(int device) {
    return PairFiles.in(options.directory, DeviceArchive.name(device));
  }

  private void tell(SortedMap<Integer, Identity> made) {
    boolean one = made.size() == 1;
    options
        .lines(
            files(made.firstKey()),
            files(made.lastKey()),
            made.get(made.firstKey()),
            one ? "device %04X".formatted(made.firstKey()) : Counts.devices(made.size()),
            one ? "load it into that board, with its key" : "load each into its board",
            one
                ? "its private key, for that board alone"
                : "their private keys, each for its board alone")
        .forEach(console::print);
  }
}

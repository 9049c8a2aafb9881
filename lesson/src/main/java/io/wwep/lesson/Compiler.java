package io.wwep.lesson;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** This machine's C compiler, and a folder in which it makes programs. One thread. */
final class Compiler {

  private static final List<String> NAMES = List.of("cc", "gcc", "clang");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String TLS_HEADER = "#include <openssl/ssl.h>\n";

  /**
   * What came of compiling.
   *
   * @param program null where there is none
   * @param missing what this machine lacks for it, with the cure; null where it lacks nothing
   * @param problem what the compiler said; null where there is none
   */
  record Built(Path program, String missing, String problem) {}

  private final Path directory;
  private final String command;
  private final boolean hasTls;
  private final Map<CProgram, Built> built = new EnumMap<>(CProgram.class);

  private Compiler(Path directory, String command, boolean hasTls) {
    this.directory = directory;
    this.command = command;
    this.hasTls = hasTls;
  }

  /**
   * Looks for a compiler, and puts the sources beside it.
   *
   * @param directory empty
   */
  static Compiler in(Path directory) {
    String command = NAMES.stream().filter(Compiler::isThere).findFirst().orElse(null);
    if (command != null) {
      CProgram.files().forEach(file -> copy(file, directory));
    }
    return new Compiler(directory, command, command != null && hasTls(command));
  }

  private static boolean isThere(String name) {
    return run("", name, "--version").exit() == 0;
  }

  private static boolean hasTls(String command) {
    return run(TLS_HEADER, command, "-E", "-xc", "-").exit() == 0;
  }

  private static Finished run(String input, String... command) {
    return Finished.of(List.of(command), null, input, PATIENCE);
  }

  private static void copy(String file, Path directory) {
    try (InputStream source = Compiler.class.getResourceAsStream("c/" + file)) {
      if (source == null) {
        throw new IllegalStateException("this build of wwep has no " + file + ": build it anew");
      }
      Files.copy(source, directory.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s cannot be written: make room there".formatted(directory.resolve(file)), e);
    }
  }

  /** Makes a program, once. */
  Built build(CProgram program) {
    return built.computeIfAbsent(program, this::compile);
  }

  private Built compile(CProgram program) {
    if (command == null) {
      return new Built(
          null,
          "there is no C compiler here: install one, as with 'sudo apt-get install gcc libc6-dev'",
          null);
    }
    if (program.needsTls() && !hasTls) {
      return new Built(
          null,
          "there are no headers of OpenSSL here: install them, as with 'sudo apt-get install libssl-dev'",
          null);
    }
    Path output = directory.resolve(program.program());
    List<String> line = new ArrayList<>(List.of(command, "-std=c99", "-O1"));
    line.addAll(program.sources());
    line.addAll(program.libraries());
    line.addAll(List.of("-o", output.toString()));
    Finished compiled = Finished.of(line, directory, "", PATIENCE);
    return compiled.exit() == 0
        ? new Built(output, null, null)
        : new Built(null, null, "it does not compile: " + compiled.firstLine());
  }
}

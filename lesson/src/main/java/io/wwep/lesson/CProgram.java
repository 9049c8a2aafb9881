package io.wwep.lesson;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The exercises as programs in C, each with the files that it is compiled of. */
enum CProgram {
  EXERCISE01(Kind.BOARD, false),
  EXERCISE02(Kind.BOARD, false),
  EXERCISE03(Kind.BOARD, true),
  EXERCISE04(Kind.SERVER, false),
  EXERCISE05(Kind.SERVER, true),
  EXERCISE06(Kind.BOARD, true),
  EXERCISE07(Kind.SERVER, true);

  private enum Kind {
    BOARD,
    SERVER
  }

  private static final List<String> HEADERS =
      List.of(
          "board.h",
          "board_tls.h",
          "registers.h",
          "small_server.h",
          "small_tls.h",
          "wwep.h",
          "wwep_bsd.h",
          "wwep_tls.h");

  private final Kind kind;
  private final boolean tls;

  CProgram(Kind kind, boolean tls) {
    this.kind = kind;
    this.tls = tls;
  }

  /** Returns the file that it becomes. */
  String program() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it needs OpenSSL. */
  boolean needsTls() {
    return tls;
  }

  /** Returns the sources that it is compiled of. */
  List<String> sources() {
    List<String> sources = new ArrayList<>(List.of(program() + ".c"));
    if (kind == Kind.BOARD) {
      sources.addAll(List.of("wwep.c", "wwep_bsd.c"));
      if (tls) {
        sources.add("wwep_openssl.c");
      }
    } else {
      sources.addAll(List.of("small_server.c", "server_options.c", "registers.c"));
      if (tls) {
        sources.add("small_tls.c");
      }
    }
    return sources;
  }

  /** Returns the libraries that it is linked with, as options. */
  List<String> libraries() {
    return tls ? List.of("-lssl", "-lcrypto") : List.of();
  }

  /** Returns all files that some program is made of. */
  static List<String> files() {
    return Stream.concat(
            HEADERS.stream(), Stream.of(values()).flatMap(program -> program.sources().stream()))
        .distinct()
        .toList();
  }
}

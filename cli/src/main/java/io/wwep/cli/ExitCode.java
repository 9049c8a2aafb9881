package io.wwep.cli;

/** The exit codes of all commands; they are part of the interface. */
final class ExitCode {

  /** The server answered {@code A}, or the command did what it was asked for. */
  static final int OK = 0;

  /**
   * The server answered {@code X}; the history has no write of what was asked for; a server is up
   * and not well; a server has stopped, and what it kept may be lost; a file with certificates or
   * keys cannot be read, or holds nothing of what was asked for; a board would refuse a
   * certificate; something else came than a board's script expects; a server that is checked does
   * not keep the protocol; a lesson did not go as it says; a question was not answered with yes.
   */
  static final int REJECTED = 1;

  /**
   * The command line cannot be understood, a file that it names cannot be written or is there
   * already, a server cannot start, or a fault of this program.
   */
  static final int USAGE = 2;

  /** There is no answer that could be believed: unreachable, timed out, no WWEP server. */
  static final int NO_ANSWER = 3;

  /** TLS: the server is not trusted, or does not trust this client. */
  static final int NOT_TRUSTED = 4;

  /**
   * The data are damaged, for each command that reads them, and so the server cannot start; an
   * export of what is readable has left something out.
   */
  static final int DAMAGED = 5;

  /** A server could not go on; the number is that of sysexits, EX_SOFTWARE. */
  static final int CRASHED = 70;

  /** What the command found out could not be printed; the number is that of sysexits, EX_IOERR. */
  static final int OUTPUT_LOST = 74;

  private ExitCode() {}
}

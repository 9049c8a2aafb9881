package io.wwep.cli;

import java.nio.file.Path;
import java.util.List;

/** What a running server takes over when the files that it comes from change. */
interface LiveSetting {

  /** Returns the files. */
  List<Path> files();

  /**
   * Reads the files, and has the server take over what has changed, or says why it does not.
   *
   * @return whether anything was said
   */
  boolean reload();

  /** Returns what is said where somebody has asked and nothing has changed. */
  String unchangedWords();

  /** Returns why files that can be read only once are not read again, and what helps. */
  String onceOnlyWords();

  /** Returns what is wrong with dates now, for those who look at the log now and then. */
  List<String> dateProblems();
}

package io.wwep.cli;

/** How a server's lines look. */
enum LogFormat {
  /** For people. */
  TEXT,
  /** One JSON object in each line. */
  JSON
}

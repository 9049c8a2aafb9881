package io.wwep.console.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files with passwords and tokens for tests. */
public final class SecretFiles {

  public static final String EDITOR_PASSWORD = "correct horse";
  public static final String VIEWER_PASSWORD = "battery staple";
  public static final String SENDER_PASSWORD = "boards of the class";
  public static final String EDITOR_TOKEN = "editor-0123456789-editor";
  public static final String VIEWER_TOKEN = "viewer-0123456789-viewer";
  public static final String SENDER_TOKEN = "sender-0123456789-sender";

  private SecretFiles() {}

  /** Writes a file that nobody else may read. */
  public static Path write(Path file, String... lines) throws IOException {
    Files.writeString(file, String.join("\n", lines) + "\n");
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    return file;
  }

  /** Returns a password and a token of each role. */
  public static Credentials credentials(Path directory) throws IOException {
    return Credentials.read(
        write(
            directory.resolve("passwords"),
            "# of the class",
            "editor: " + EDITOR_PASSWORD,
            "",
            "viewer: " + VIEWER_PASSWORD,
            "sender: " + SENDER_PASSWORD),
        write(
            directory.resolve("tokens"),
            "editor: " + EDITOR_TOKEN,
            "viewer: " + VIEWER_TOKEN,
            "sender: " + SENDER_TOKEN));
  }
}

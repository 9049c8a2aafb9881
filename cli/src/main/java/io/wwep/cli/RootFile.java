package io.wwep.cli;

import io.wwep.certs.Root;
import io.wwep.certs.file.CryptoFile;
import io.wwep.certs.file.Password;
import java.nio.file.Path;
import java.util.List;

/** What boards have in their firmware, as a file. */
final class RootFile {

  private RootFile() {}

  /**
   * Reads them, one or more.
   *
   * @throws io.wwep.certs.IdentityException when there is none, or the file cannot be read
   */
  static List<Root> read(Path file) {
    return CryptoFile.read(file, Password.NONE).certificates().stream()
        .map(each -> new Root(each, file.toString()))
        .toList();
  }
}

package io.wwep.certs;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The two PEM files of an identity, {@code NAME.pem} and {@code NAME.key.pem} in one directory.
 *
 * @param certificate the certificate and those of the CAs that signed it
 * @param key its private key
 */
public record PairFiles(Path certificate, Path key) {

  private static final String CERTIFICATE_END = ".pem";
  private static final String KEY_END = ".key.pem";

  /** Returns those of a name. */
  public static PairFiles in(Path directory, String name) {
    return new PairFiles(
        directory.resolve(name + CERTIFICATE_END), directory.resolve(name + KEY_END));
  }

  /** Returns the certificate's file and the key's beside it, if the name has the form for that. */
  public static PairFiles of(Path certificate) {
    String name = certificate.getFileName().toString();
    String stem =
        name.endsWith(CERTIFICATE_END)
            ? name.substring(0, name.length() - CERTIFICATE_END.length())
            : name;
    return new PairFiles(certificate, certificate.resolveSibling(stem + KEY_END));
  }

  /**
   * Returns the first of the two that is there, the key first: it is the one that is not got back.
   */
  public Optional<Path> present() {
    return Stream.of(key, certificate)
        .filter(each -> Files.exists(each, LinkOption.NOFOLLOW_LINKS))
        .findFirst();
  }

  /** Whether one of the files is also one of the other pair. */
  public boolean overlaps(PairFiles other) {
    List<Path> own = normalized();
    return other.normalized().stream().anyMatch(own::contains);
  }

  private List<Path> normalized() {
    return Stream.of(certificate, key).map(each -> each.toAbsolutePath().normalize()).toList();
  }

  /**
   * Reads the identity.
   *
   * @throws IdentityException when the files are none, see {@link Identities#read}
   */
  public Identity read() {
    return PemIdentity.read(certificate, key);
  }

  /**
   * Writes an identity, replacing what is there; makes the directory where it is missing, for its
   * owner alone. The key can be read by the user alone from its first moment; each file is whole at
   * all times, and the key comes first, so that whoever sees a certificate finds its key.
   *
   * @throws IdentityException when a file cannot be written
   */
  public void write(Identity identity) {
    Path directory = certificate.toAbsolutePath().getParent();
    if (!Files.isDirectory(directory)) {
      PrivateDirectory.create(directory);
    }
    Identities.writePem(identity, certificate, key);
  }
}

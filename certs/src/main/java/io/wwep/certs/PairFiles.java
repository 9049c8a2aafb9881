package io.wwep.certs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

  /** What the end of a key's file has in front of the certificate's; no name may end in it. */
  public static final String KEY_MARK = ".key";

  private static final String END = ".pem";
  private static final String OLD = ".old";

  /** How others end the name of a certificate's file. */
  private static final List<String> ENDS = List.of(END, ".crt", ".cer");

  /** Returns those of a name. */
  public static PairFiles in(Path directory, String name) {
    return new PairFiles(directory.resolve(name + END), directory.resolve(name + KEY_MARK + END));
  }

  /** Returns a certificate's file, and that of the key as it would be named beside it. */
  public static PairFiles of(Path certificate) {
    String name = String.valueOf(certificate.getFileName());
    String stem =
        ENDS.stream()
            .filter(name::endsWith)
            .map(end -> name.substring(0, name.length() - end.length()))
            .findFirst()
            .orElse(name);
    return new PairFiles(certificate, certificate.resolveSibling(stem + KEY_MARK + END));
  }

  /** Returns the first of the two that is there. */
  public Optional<Path> present() {
    return both().filter(each -> Files.exists(each, LinkOption.NOFOLLOW_LINKS)).findFirst();
  }

  /** Whether a file is one of the two, by this or another name. */
  public boolean has(Path file) {
    return both().anyMatch(each -> isSame(each, file));
  }

  private Stream<Path> both() {
    return Stream.of(certificate, key);
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException oneIsNotThere) {
      return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }
  }

  /**
   * Makes sure that the certificate's file has one: of a key or another file, a key of that name is
   * not to be looked for.
   *
   * @throws IdentityException when it has none, with what it has
   */
  public void requireCertificate() {
    PemIdentity.requireCertificate(certificate);
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
   * Makes the directory where it is missing, for its owner alone.
   *
   * @throws IdentityException when that cannot be
   */
  public void makeDirectory() {
    Path directory = certificate.toAbsolutePath().getParent();
    if (!Files.isDirectory(directory)) {
      PrivateDirectory.create(directory);
    }
  }

  /**
   * Writes an identity where none is. The key can be read by the user alone from its first moment;
   * each file is whole at all times, and the key comes first, so that whoever sees a certificate
   * finds its key.
   *
   * @throws IdentityException when one of the files is there, or cannot be written; then none is
   */
  public void write(Identity identity) {
    makeDirectory();
    Staged staged = stage(identity);
    try {
      PrivateDirectory.publishNew(staged.key, key);
      try {
        PrivateDirectory.publishNew(staged.certificate, certificate);
      } catch (IdentityException e) {
        staged.takeBack(key);
        throw e;
      }
    } finally {
      staged.discard();
    }
  }

  /**
   * Writes an identity in place of one, which is kept as {@code NAME.pem.old} and {@code
   * NAME.key.pem.old}, or with a number at these names' ends: a key is not got back from anywhere.
   *
   * @throws IdentityException when a file cannot be written, or what is there is no file
   */
  public void replace(Identity identity) {
    makeDirectory();
    both().forEach(OutputFile::requireFileOrNothing);
    put(identity, this::keepOld);
  }

  /**
   * Writes an identity in a directory that exists, in place of what is there.
   *
   * @throws IdentityException when a file cannot be written
   */
  void put(Identity identity) {
    put(identity, () -> {});
  }

  /**
   * @param beforeNaming done when both are on the disk, and have not got their names
   */
  private void put(Identity identity, Runnable beforeNaming) {
    Staged staged = stage(identity);
    try {
      beforeNaming.run();
      PrivateDirectory.replace(staged.key, key);
      PrivateDirectory.replace(staged.certificate, certificate);
    } finally {
      staged.discard();
    }
  }

  /** Both get the same end, which no file has so far; what is there stays until it is replaced. */
  private void keepOld() {
    PairFiles old = withEnd(OLD);
    for (int i = 2; old.present().isPresent(); i++) {
      old = withEnd(OLD + i);
    }
    try {
      for (Path each : both().filter(Files::exists).toList()) {
        Path kept = each.equals(key) ? old.key : old.certificate;
        PrivateDirectory.copyNew(each, kept);
      }
    } catch (IOException e) {
      throw PrivateDirectory.unwritable(certificate.toAbsolutePath().getParent(), e);
    }
  }

  private PairFiles withEnd(String end) {
    return new PairFiles(
        certificate.resolveSibling(certificate.getFileName() + end),
        key.resolveSibling(key.getFileName() + end));
  }

  /**
   * Removes both files, as far as they are there; for those that were just written in vain.
   *
   * @throws IdentityException when one cannot be removed
   */
  public void remove() {
    both().forEach(PairFiles::remove);
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw PrivateDirectory.unwritable(file.toAbsolutePath().getParent(), e);
    }
  }

  private Staged stage(Identity identity) {
    Path stagedKey = PrivateDirectory.stageKey(key, ascii(Identities.toPem(identity.key())));
    try {
      byte[] chain = ascii(Identities.toPem(identity.chain()));
      return new Staged(stagedKey, PrivateDirectory.stageCertificate(certificate, chain));
    } catch (RuntimeException e) {
      remove(stagedKey);
      throw e;
    }
  }

  private static byte[] ascii(String pem) {
    return pem.getBytes(StandardCharsets.US_ASCII);
  }

  /** Both on the disk, under other names. */
  private record Staged(Path key, Path certificate) {

    /** Removes what was staged by the name that it got, unless another one has that name by now. */
    private void takeBack(Path published) {
      if (!Files.exists(key) || isSame(key, published)) {
        PairFiles.remove(published);
      }
    }

    private void discard() {
      PairFiles.remove(key);
      PairFiles.remove(certificate);
    }
  }
}

package io.wwep.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A PEM file that was given. Everything around its blocks is skipped: people keep text,
 * certificates and keys in the same file.
 */
final class PemFile {

  /** What a file was given as. */
  enum Kind {
    CA("CA file", "certificate", "CERTIFICATE"),
    CERTIFICATE("certificate file", "certificate", "CERTIFICATE"),
    KEY("key file", "private key", "PRIVATE KEY");

    private final String words;
    private final String holds;
    private final String block;

    Kind(String words, String holds, String block) {
      this.words = words;
      this.holds = holds;
      this.block = block;
    }
  }

  /**
   * What stands between a BEGIN and its END.
   *
   * @param type as in {@code EC PRIVATE KEY}
   * @param body base64, perhaps with headers in front
   */
  record Block(String type, String body) {

    boolean isCertificate() {
      return type.equals("CERTIFICATE") || type.equals("X509 CERTIFICATE");
    }

    boolean isKey() {
      return type.endsWith("PRIVATE KEY");
    }

    /** Returns the type, of which a stranger's may be long. */
    String shownType() {
      return type.length() > TYPE_CHARS_MAX ? type.substring(0, TYPE_CHARS_MAX) + "…" : type;
    }

    /** Returns the bytes; what is no base64 is skipped, and shows when they are read. */
    byte[] der() {
      return Base64.getMimeDecoder().decode(body);
    }
  }

  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";
  private static final int TYPE_CHARS_MAX = 40;
  private static final byte DER_SEQUENCE = 0x30;

  private final Path file;
  private final Kind kind;
  private final List<Block> blocks;
  private final boolean isCutOff;

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException when it cannot be read, is too large or is not text
   */
  PemFile(Path file, Kind kind) {
    this.file = file;
    this.kind = kind;
    byte[] bytes = bytes();
    if (bytes.length > 0 && bytes[0] == DER_SEQUENCE) {
      throw bad(
          "is binary and not PEM",
          "convert it, as with 'wwep cert convert %s converted%s'"
              .formatted(file, kind == Kind.KEY ? ".key.pem" : ".pem"),
          null);
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    blocks = blocks(text);
    isCutOff = blocks.isEmpty() && text.contains(BEGIN) && text.contains(kind.block + DASHES);
  }

  /**
   * Returns the certificates in their order; at least one.
   *
   * @throws IllegalArgumentException when there is none, or one is damaged
   */
  List<X509Certificate> certificates() {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks) {
      if (block.isCertificate()) {
        certificates.add(certificate(block, certificates.size() + 1));
      }
    }
    if (certificates.isEmpty()) {
      throw holdsNone();
    }
    return certificates;
  }

  /**
   * Returns the private key's block, the first one.
   *
   * @throws IllegalArgumentException when there is none
   */
  Block key() {
    return blocks.stream().filter(Block::isKey).findFirst().orElseThrow(this::holdsNone);
  }

  private IllegalArgumentException holdsNone() {
    if (isCutOff) {
      return bad("is cut off or damaged", "copy it again, whole lines from BEGIN to END", null);
    }
    String other =
        blocks.isEmpty() ? "" : ", but a block named %s".formatted(blocks.get(0).shownType());
    return bad("holds no %s%s".formatted(kind.holds, other), null);
  }

  private byte[] bytes() {
    if (Files.isDirectory(file)) {
      throw bad("is a directory", null);
    }
    try (InputStream input = Files.newInputStream(file)) {
      // Not by the file's size, which devices and pipes do not tell.
      byte[] bytes = input.readNBytes(Limits.PEM_FILE_BYTES_MAX + 1);
      if (bytes.length > Limits.PEM_FILE_BYTES_MAX) {
        throw bad("is larger than 1 MiB", null);
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw bad("is not there", "check the path", e);
    } catch (AccessDeniedException e) {
      throw bad("may not be read by this user", "give the user the right to read it", e);
    } catch (IOException e) {
      throw bad("cannot be read", e);
    }
  }

  /** Looks at each character once: a file may be full of beginnings without an end. */
  private static List<Block> blocks(String text) {
    List<Block> blocks = new ArrayList<>();
    int begin = text.indexOf(BEGIN);
    while (begin >= 0) {
      int typeAt = begin + BEGIN.length();
      int typeEnd = text.indexOf(DASHES, typeAt);
      int bodyAt = typeEnd + DASHES.length();
      int bodyEnd = typeEnd < 0 ? -1 : text.indexOf(DASHES, bodyAt);
      if (bodyEnd < 0) {
        return blocks;
      }
      String type = text.substring(typeAt, typeEnd);
      if (text.startsWith(END + type + DASHES, bodyEnd)) {
        blocks.add(new Block(type, text.substring(bodyAt, bodyEnd)));
      }
      begin = text.indexOf(BEGIN, bodyEnd);
    }
    return blocks;
  }

  private X509Certificate certificate(Block block, int number) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.der()));
    } catch (CertificateException | RuntimeException e) {
      // No base64, or what the JDK trips over, as over an Ed25519 key of no length.
      throw bad("is damaged in certificate %d".formatted(number), e);
    }
  }

  /** Returns the failure of this file, with the kind of file that it should be as the cure. */
  IllegalArgumentException bad(String problem, Throwable cause) {
    return bad(
        problem, "give a PEM file with -----BEGIN %s----- in it".formatted(kind.block), cause);
  }

  /** Returns the failure of this file. */
  IllegalArgumentException bad(String problem, String cure, Throwable cause) {
    return new IllegalArgumentException(
        "the %s %s %s: %s".formatted(kind.words, file, problem, cure), cause);
  }
}

package io.wwep.console.http;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The passwords and tokens that open a console. Immutable; equality goes by content.
 *
 * <p>Kept as SHA-256, compared in a time that tells nothing of how much was right.
 */
public final class Credentials {

  /** Nobody is asked, and everybody is an editor. */
  public static final Credentials NONE = new Credentials(List.of(), List.of());

  private final List<Secret> passwords;
  private final List<Secret> tokens;

  /** A secret and what it opens. */
  private record Secret(Role role, String digest) {}

  private Credentials(List<Secret> passwords, List<Secret> tokens) {
    this.passwords = passwords;
    this.tokens = tokens;
  }

  /**
   * Reads the files as they are now.
   *
   * @param passwordFile for browsers; may be null
   * @param tokenFile for programs; may be null
   * @throws CredentialsException when one cannot be used
   */
  public static Credentials read(Path passwordFile, Path tokenFile) {
    return new Credentials(
        secrets(passwordFile, SecretFile.Kind.PASSWORD), secrets(tokenFile, SecretFile.Kind.TOKEN));
  }

  private static List<Secret> secrets(Path file, SecretFile.Kind kind) {
    List<Secret> secrets = new ArrayList<>();
    if (file != null) {
      SecretFile.read(file, kind)
          .forEach(line -> secrets.add(new Secret(line.role(), digest(line.secret()))));
    }
    return List.copyOf(secrets);
  }

  /** Whether somebody has to prove who he is. */
  public boolean areNeeded() {
    return !passwords.isEmpty() || !tokens.isEmpty();
  }

  /** Returns what a token opens; null for a wrong one. */
  Role ofToken(String token) {
    return find(tokens.stream(), token);
  }

  /** Returns what a password opens, or a token in its place; null for a wrong one. */
  Role ofPassword(String password) {
    return find(Stream.concat(passwords.stream(), tokens.stream()), password);
  }

  /** Looks at all of them, also once one fits. */
  private static Role find(Stream<Secret> secrets, String given) {
    byte[] digest = bytes(digest(given));
    Role found = null;
    for (Secret each : secrets.toList()) {
      if (MessageDigest.isEqual(bytes(each.digest), digest)) {
        found = each.role;
      }
    }
    return found;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String digest(String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Credentials that
        && that.passwords.equals(passwords)
        && that.tokens.equals(tokens);
  }

  @Override
  public int hashCode() {
    return Objects.hash(passwords, tokens);
  }
}

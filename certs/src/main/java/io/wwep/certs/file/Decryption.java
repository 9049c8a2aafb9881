package io.wwep.certs.file;

import io.wwep.certs.IdentityException;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PBEParameter;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.DefaultAlgorithmNameFinder;
import org.bouncycastle.operator.InputDecryptor;
import org.bouncycastle.operator.InputDecryptorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.bc.BcPKCS12PBEInputDecryptorProviderBuilder;

/**
 * Opens what is encrypted with a password in one file. How often a password is hashed stands in the
 * file, so all rounds of it are counted, and limited.
 */
final class Decryption implements InputDecryptorProvider {

  /** GnuTLS makes 1,800,000 for one key with its certificate; these take some seconds. */
  private static final int ROUNDS_MAX = 5_000_000;

  private static final String PKCS12_PBE = "1.2.840.113549.1.12.1";

  /** 3DES and RC2 with long and short keys; the two before them are RC4, which nobody uses. */
  private static final Set<String> PKCS12_CIPHERS =
      Set.of(PKCS12_PBE + ".3", PKCS12_PBE + ".4", PKCS12_PBE + ".5", PKCS12_PBE + ".6");

  private final String file;
  private final Password password;
  private char[] characters;
  private long rounds;

  Decryption(String file, Password password) {
    this.file = file;
    this.password = password;
    characters = password.characters();
  }

  boolean isPossible() {
    return password.isGiven();
  }

  char[] characters() {
    return characters;
  }

  /**
   * Takes the other one of the two that are called an empty password: where RFC 7292 ends a
   * password with a NUL, OpenSSL has that NUL also when nothing is before it. To PBKDF2 both are
   * the same.
   *
   * @return whether there is another one
   */
  boolean takeOtherEmpty() {
    boolean empty = isPossible() && characters.length == 0;
    characters = empty ? new char[] {0} : characters;
    return empty;
  }

  /** Returns what to say when something does not open; a library's reason is of no use. */
  IdentityException refused(Exception reason) {
    for (Throwable each = reason; each != null; each = each.getCause()) {
      if (each instanceof IdentityException sentence) {
        return sentence;
      }
      if (each instanceof OperatorCreationException kind) {
        return new IdentityException(
            "%s is encrypted in a way that is not read here (%s): make it anew with the program it is from, with AES and PBKDF2"
                .formatted(file, kind.getMessage()),
            reason);
      }
    }
    return new IdentityException(
        isPossible()
            ? "%s does not open with this password, or is damaged: look for capitals and spaces, and copy the file again"
                .formatted(file)
            : "%s is damaged within: copy it again".formatted(file),
        reason);
  }

  /**
   * Counts rounds before they are made.
   *
   * @throws IdentityException when the file has more than it may
   */
  void spend(BigInteger more) {
    rounds =
        more.signum() < 0 || more.bitLength() > Integer.SIZE
            ? Long.MAX_VALUE / 2
            : rounds + more.longValue();
    if (rounds > ROUNDS_MAX) {
      throw new IdentityException(
          "%s hashes its password more than %,d times, which is a mistake or an attack: have it made anew"
              .formatted(file, ROUNDS_MAX));
    }
  }

  @Override
  public InputDecryptor get(AlgorithmIdentifier algorithm) throws OperatorCreationException {
    if (isPbes2(algorithm) && !isScrypt(algorithm)) {
      spend(rounds(algorithm));
      return Pbes2.of(algorithm, characters);
    }
    if (isPkcs12(algorithm)) {
      spend(rounds(algorithm));
      return new BcPKCS12PBEInputDecryptorProviderBuilder().build(characters).get(algorithm);
    }
    throw new OperatorCreationException(words(algorithm));
  }

  private static boolean isPkcs12(AlgorithmIdentifier algorithm) {
    return PKCS12_CIPHERS.contains(algorithm.getAlgorithm().getId());
  }

  private static boolean isPbes2(AlgorithmIdentifier algorithm) {
    return algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2);
  }

  private static boolean isScrypt(AlgorithmIdentifier algorithm) {
    return isPbes2(algorithm)
        && !PBES2Parameters.getInstance(algorithm.getParameters())
            .getKeyDerivationFunc()
            .getAlgorithm()
            .equals(PKCSObjectIdentifiers.id_PBKDF2);
  }

  private static BigInteger rounds(AlgorithmIdentifier algorithm) {
    ASN1Encodable parameters = algorithm.getParameters();
    if (isPbes2(algorithm)) {
      return PBKDF2Params.getInstance(
              PBES2Parameters.getInstance(parameters).getKeyDerivationFunc().getParameters())
          .getIterationCount();
    }
    return isPkcs12(algorithm)
        ? PKCS12PBEParams.getInstance(parameters).getIterations()
        : PBEParameter.getInstance(parameters).getIterationCount();
  }

  /** Returns how something is encrypted, in words, as {@code AES256-CBC, 10000 rounds}. */
  static String words(AlgorithmIdentifier algorithm) {
    try {
      String rounds = isScrypt(algorithm) ? "by way of scrypt" : rounds(algorithm) + " rounds";
      ASN1ObjectIdentifier cipher =
          isPbes2(algorithm)
              ? PBES2Parameters.getInstance(algorithm.getParameters())
                  .getEncryptionScheme()
                  .getAlgorithm()
              : algorithm.getAlgorithm();
      return "%s, %s".formatted(name(cipher), rounds);
    } catch (RuntimeException damaged) {
      return "in a way that is not known here";
    }
  }

  private static String name(ASN1ObjectIdentifier cipher) {
    return switch (cipher.getId()) {
      case PKCS12_PBE + ".3" -> "3DES";
      case PKCS12_PBE + ".6" -> "RC2 with 40 bits";
      case PKCS12_PBE + ".4" -> "3DES with 2 keys";
      case PKCS12_PBE + ".5" -> "RC2 with 128 bits";
      case "1.2.840.113549.3.7" -> "3DES";
      case "2.16.840.1.101.3.4.1.2" -> "AES-128";
      case "2.16.840.1.101.3.4.1.22" -> "AES-192";
      case "2.16.840.1.101.3.4.1.42" -> "AES-256";
      default -> new DefaultAlgorithmNameFinder().getAlgorithmName(cipher).toUpperCase(Locale.ROOT);
    };
  }
}

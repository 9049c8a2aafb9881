package io.wwep.certs.file;

import java.io.InputStream;
import java.util.Map;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.PBEParametersGenerator;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.io.CipherInputStream;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.bouncycastle.crypto.util.DigestFactory;
import org.bouncycastle.operator.InputDecryptor;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * Decrypts what today's tools encrypt with a password: PBES2 with PBKDF2 (RFC 8018). The JDK's own
 * knows neither AES-192 nor 3DES, which older tools use.
 */
final class Pbes2 implements InputDecryptor {

  private static final Map<ASN1ObjectIdentifier, Supplier<Digest>> HASHES =
      Map.of(
          PKCSObjectIdentifiers.id_hmacWithSHA1, DigestFactory::createSHA1,
          PKCSObjectIdentifiers.id_hmacWithSHA224, DigestFactory::createSHA224,
          PKCSObjectIdentifiers.id_hmacWithSHA256, DigestFactory::createSHA256,
          PKCSObjectIdentifiers.id_hmacWithSHA384, DigestFactory::createSHA384,
          PKCSObjectIdentifiers.id_hmacWithSHA512, DigestFactory::createSHA512);

  private static final Map<ASN1ObjectIdentifier, Integer> KEY_BITS =
      Map.of(
          NISTObjectIdentifiers.id_aes128_CBC, 128,
          NISTObjectIdentifiers.id_aes192_CBC, 192,
          NISTObjectIdentifiers.id_aes256_CBC, 256,
          PKCSObjectIdentifiers.des_EDE3_CBC, 192);

  private final AlgorithmIdentifier algorithm;
  private final PaddedBufferedBlockCipher cipher;

  private Pbes2(AlgorithmIdentifier algorithm, PaddedBufferedBlockCipher cipher) {
    this.algorithm = algorithm;
    this.cipher = cipher;
  }

  /**
   * @throws OperatorCreationException when it is encrypted in another way
   */
  static Pbes2 of(AlgorithmIdentifier algorithm, char[] password) throws OperatorCreationException {
    PBES2Parameters parameters = PBES2Parameters.getInstance(algorithm.getParameters());
    PBKDF2Params derivation =
        PBKDF2Params.getInstance(parameters.getKeyDerivationFunc().getParameters());
    EncryptionScheme scheme = parameters.getEncryptionScheme();
    Supplier<Digest> hash = HASHES.get(derivation.getPrf().getAlgorithm());
    Integer keyBits = KEY_BITS.get(scheme.getAlgorithm());
    if (hash == null || keyBits == null) {
      throw new OperatorCreationException("another hash or cipher");
    }
    PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(hash.get());
    generator.init(
        PBEParametersGenerator.PKCS5PasswordToUTF8Bytes(password),
        derivation.getSalt(),
        derivation.getIterationCount().intValueExact());
    KeyParameter key = (KeyParameter) generator.generateDerivedParameters(keyBits);
    boolean des = scheme.getAlgorithm().equals(PKCSObjectIdentifiers.des_EDE3_CBC);
    BlockCipher engine = des ? new DESedeEngine() : AESEngine.newInstance();
    PaddedBufferedBlockCipher cipher =
        new PaddedBufferedBlockCipher(CBCBlockCipher.newInstance(engine));
    byte[] start = ASN1OctetString.getInstance(scheme.getParameters()).getOctets();
    cipher.init(false, new ParametersWithIV(key, start));
    return new Pbes2(algorithm, cipher);
  }

  @Override
  public AlgorithmIdentifier getAlgorithmIdentifier() {
    return algorithm;
  }

  @Override
  public InputStream getInputStream(InputStream encrypted) {
    return new CipherInputStream(encrypted, cipher);
  }
}

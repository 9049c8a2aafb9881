package io.wwep.keylog;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.SecretKey;

/**
 * Where the JDK's TLS keeps what a key log needs: there is no API for it up to JDK 25 at least, so
 * these are its private fields, the same since JDK 17. Java lets nobody look there unless it is
 * started so.
 */
final class JdkInternals {

  private static final String PACKAGE = "sun.security.ssl.";

  /** Loads when it is asked for the first time. */
  private static final class Loaded {

    private static final JdkInternals HERE;
    private static final KeyLogException REFUSAL;

    static {
      JdkInternals found = null;
      KeyLogException refusal = null;
      try {
        found = new JdkInternals();
      } catch (InaccessibleObjectException closed) {
        refusal =
            new KeyLogException(
                "this Java does not let the keys of its TLS be read: start it with --add-opens java.base/sun.security.ssl=ALL-UNNAMED",
                closed);
      } catch (ReflectiveOperationException unknown) {
        refusal =
            new KeyLogException(
                "the TLS of this Java (%s) is built in another way, and its keys cannot be read: use OpenJDK 17 to 25, or write the key log on the other side"
                    .formatted(System.getProperty("java.vendor")),
                unknown);
      }
      HERE = found;
      REFUSAL = refusal;
    }
  }

  private final Field ofSocket = field("SSLSocketImpl", "conContext");
  private final Field ofEngine = field("SSLEngineImpl", "conContext");
  private final Field handshake = field("TransportContext", "handshakeContext");
  private final Field session = field("TransportContext", "conSession");
  private final Field input = field("TransportContext", "inputRecord");
  private final Field output = field("TransportContext", "outputRecord");
  private final Field clientRandom = field("HandshakeContext", "clientHelloRandom");
  private final Field randomBytes = field("RandomCookie", "randomBytes");
  private final Field readInHandshake = field("HandshakeContext", "baseReadSecret");
  private final Field writtenInHandshake = field("HandshakeContext", "baseWriteSecret");
  private final Field readCipher = field("InputRecord", "readCipher");
  private final Field writeCipher = field("OutputRecord", "writeCipher");
  private final Field readSecret = field("SSLCipher$SSLReadCipher", "baseSecret");
  private final Field writeSecret = field("SSLCipher$SSLWriteCipher", "baseSecret");
  private final Field masterSecret = field("SSLSessionImpl", "masterSecret");

  private JdkInternals() throws ReflectiveOperationException {}

  private static Field field(String type, String name) throws ReflectiveOperationException {
    Field field = Class.forName(PACKAGE + type).getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  /**
   * @throws KeyLogException when this Java does not show them
   */
  static JdkInternals here() {
    if (Loaded.HERE == null) {
      throw new KeyLogException(Loaded.REFUSAL.getMessage(), Loaded.REFUSAL);
    }
    return Loaded.HERE;
  }

  /**
   * Returns what the JDK keeps of a connection.
   *
   * @param tls an {@code SSLSocket} or an {@code SSLEngine}
   * @throws KeyLogException when it is not the JDK's
   */
  Object transport(Object tls) {
    if (ofSocket.getDeclaringClass().isInstance(tls)) {
      return get(ofSocket, tls);
    }
    if (ofEngine.getDeclaringClass().isInstance(tls)) {
      return get(ofEngine, tls);
    }
    throw new KeyLogException(
        "TLS comes from another provider here (%s), and its keys cannot be read: take it out of java.security, or write the key log on the other side"
            .formatted(tls.getClass().getName()));
  }

  /** Returns the random of the ClientHello, 32 bytes; null before it and behind the handshake. */
  byte[] clientRandom(Object transport) {
    Object context = get(handshake, transport);
    Object random = context == null ? null : get(clientRandom, context);
    return random == null ? null : ((byte[]) get(randomBytes, random)).clone();
  }

  /** Returns the secrets of TLS 1.3 that are in use now, each with its name as its algorithm. */
  List<SecretKey> secrets(Object transport) {
    List<SecretKey> found = new ArrayList<>(4);
    Object context = get(handshake, transport);
    if (context != null) {
      add(found, get(readInHandshake, context));
      add(found, get(writtenInHandshake, context));
    }
    add(found, get(readSecret, get(readCipher, get(input, transport))));
    add(found, get(writeSecret, get(writeCipher, get(output, transport))));
    return found;
  }

  private static void add(List<SecretKey> found, Object secret) {
    if (secret instanceof SecretKey key) {
      found.add(key);
    }
  }

  /** Returns the master secret of TLS 1.2; null while there is none. */
  SecretKey master(Object transport) {
    Object current = get(session, transport);
    return current == null ? null : (SecretKey) get(masterSecret, current);
  }

  private static Object get(Field field, Object of) {
    try {
      return field.get(of);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

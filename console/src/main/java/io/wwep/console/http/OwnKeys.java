package io.wwep.console.http;

import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;

/**
 * Gives one key manager, whatever it is initialised with. Vert.x's own, which does the same, needs
 * a logging library that is not there.
 */
final class OwnKeys extends KeyManagerFactory {

  OwnKeys(KeyManager keys) {
    super(
        new KeyManagerFactorySpi() {
          @Override
          protected void engineInit(KeyStore store, char[] password) {}

          @Override
          protected void engineInit(ManagerFactoryParameters parameters) {}

          @Override
          protected KeyManager[] engineGetKeyManagers() {
            return new KeyManager[] {keys};
          }
        },
        /* provider= */ null,
        "own");
  }
}

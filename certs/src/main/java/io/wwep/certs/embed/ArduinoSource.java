package io.wwep.certs.embed;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A header for sketches on ESP32 and ESP8266, with the text in flash. */
final class ArduinoSource {

  private static final String ROOT_USE =
      """
      //   ESP32    WiFiClientSecure client;  client.setCACert(%1$s);
      //   ESP8266  BearSSL::X509List roots(%1$s);  client.setTrustAnchors(&roots);
      //            roots has to live as long as client
      // Both check dates: set the clock first, with configTime(0, 0, "pool.ntp.org").""";

  private static final String KEY_USE =
      """
      //   ESP32    client.setPrivateKey(%1$s);
      //   ESP8266  BearSSL::PrivateKey key(%1$s);  client.setClientECCert(&certificate, &key, 0, 0);
      //            (setClientRSACert(&certificate, &key) for RSA) key has to live as long as client""";

  private ArduinoSource() {}

  static Embedded of(Payload payload) {
    String file = payload.fileName() + ".h";
    String guard = payload.identifier().toUpperCase(Locale.ROOT) + "_H";
    String text =
        """
        // %s
        %s
        #ifndef %s
        #define %s

        #include <Arduino.h>

        static const char %s[] PROGMEM = R"PEM(%s)PEM";

        #endif
        """
            .formatted(
                payload.about(),
                (payload.key() ? KEY_USE : ROOT_USE).formatted(payload.identifier()),
                guard,
                guard,
                payload.identifier(),
                payload.pem());
    return new Embedded(file, Map.of(file, text), payload.key(), List.of(), List.of());
  }
}

package io.wwep.certs.embed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The two ways in which the build of WICED takes files: the table of the device's configuration
 * (DCT), which has room for one certificate and one key, and the file system of resources.
 */
final class WicedSource {

  /** CERTIFICATE_SIZE and PRIVATE_KEY_SIZE of platform_dct.h, with the NUL at the end. */
  private static final int DCT_CERTIFICATE_MAX = 4 * 1024 - 1;

  private static final int DCT_KEY_MAX = 2 * 1024 - 1;

  /** How parts of a path and the end of a name are written in the name of a resource. */
  private static final String RESOURCE = "resources_apps_DIR_%s_DIR_%s_pem";

  private WicedSource() {}

  static Embedded dct(Payload payload) {
    String file = payload.fileName() + ".pem";
    String variable = payload.key() ? "PRIVATE_KEY" : "CERTIFICATE";
    List<String> steps = new ArrayList<>();
    steps.add("1. Put %s into resources/apps/%s/".formatted(file, payload.application()));
    steps.add("2. In the application's makefile:");
    steps.add(
        "     %s := $(SOURCE_ROOT)resources/apps/%s/%s"
            .formatted(variable, payload.application(), file));
    steps.add("3. In the application, before the connection is made:");
    return new Embedded(
        file,
        files(
            file,
            payload.pem(),
            payload.fileName() + "_dct.c",
            payload.key() ? dctIdentity(payload) : dctRoot(payload)),
        payload.key(),
        steps,
        dctNotes(payload));
  }

  private static List<String> dctNotes(Payload payload) {
    List<String> notes = new ArrayList<>();
    int max = payload.key() ? DCT_KEY_MAX : DCT_CERTIFICATE_MAX;
    if (payload.pem().length() > max) {
      notes.add(
          "it has %d characters, and the DCT has room for %d: use EC P-256, the root alone, or --as wiced-resource"
              .formatted(payload.pem().length(), max));
    }
    return notes;
  }

  private static String dctRoot(Payload payload) {
    return """
        /* Loads from the DCT: %s */
        #include <string.h>
        #include "wiced.h"
        #include "wiced_tls.h"

        wiced_result_t load_%s(void)
        {
            platform_dct_security_t* security = NULL;
            wiced_result_t result = wiced_dct_read_lock((void**) &security, WICED_FALSE,
                DCT_SECURITY_SECTION, 0, sizeof(*security));
            if (result == WICED_SUCCESS)
            {
                /* The length without the NUL. */
                result = wiced_tls_init_root_ca_certificates(security->certificate,
                    (uint32_t) strlen(security->certificate));
                wiced_dct_read_unlock(security, WICED_FALSE);
            }
            return result; /* 3035: see whether its dates lie before 2050 */
        }
        """
        .formatted(payload.about(), payload.fileName());
  }

  private static String dctIdentity(Payload payload) {
    return """
        /* Loads from the DCT, with the certificate that is there too: %s */
        #include <string.h>
        #include "wiced.h"
        #include "wiced_tls.h"

        wiced_result_t load_%s(wiced_tls_identity_t* identity)
        {
            platform_dct_security_t* security = NULL;
            wiced_result_t result = wiced_dct_read_lock((void**) &security, WICED_FALSE,
                DCT_SECURITY_SECTION, 0, sizeof(*security));
            if (result == WICED_SUCCESS)
            {
                /* The lengths without the NUL. */
                result = wiced_tls_init_identity(identity,
                    security->private_key, (uint32_t) strlen(security->private_key),
                    (const uint8_t*) security->certificate,
                    (uint32_t) strlen(security->certificate));
                wiced_dct_read_unlock(security, WICED_FALSE);
            }
            return result;
        }
        """
        .formatted(payload.about(), payload.fileName());
  }

  static Embedded resource(Payload payload) {
    String file = payload.fileName() + ".pem";
    List<String> steps = new ArrayList<>();
    steps.add("1. Put %s into resources/apps/%s/".formatted(file, payload.application()));
    steps.add("2. In the application's makefile:");
    steps.add("     $(NAME)_RESOURCES := apps/%s/%s".formatted(payload.application(), file));
    steps.add("3. In the application, before the connection is made:");
    return new Embedded(
        file,
        files(file, payload.pem(), payload.fileName() + "_resource.c", resourceCode(payload)),
        payload.key(),
        steps,
        List.of());
  }

  private static String resourceCode(Payload payload) {
    String name = RESOURCE.formatted(payload.application(), payload.fileName());
    return payload.key() ? resourceKey(payload, name) : resourceRoot(payload, name);
  }

  private static String resourceRoot(Payload payload, String name) {
    return """
        /* Loads from the resources: %s */
        #include <stddef.h>
        #include "wiced.h"
        #include "wiced_tls.h"
        #include "resources.h"

        wiced_result_t load_%s(void)
        {
            const char* pem = NULL;
            uint32_t length = 0;
            if (resource_get_readonly_buffer(&%s, 0, %d,
                    &length, (const void**) &pem) != RESOURCE_SUCCESS)
            {
                return WICED_ERROR;
            }
            return wiced_tls_init_root_ca_certificates(pem, length);
        }
        """
        .formatted(payload.about(), payload.fileName(), name, payload.pem().length());
  }

  private static String resourceKey(Payload payload, String name) {
    return """
        /* Loads from the resources: %s */
        #include <stddef.h>
        #include "wiced.h"
        #include "wiced_tls.h"
        #include "resources.h"

        /* The certificate is that of this key, as a resource of its own or an array. */
        wiced_result_t load_%s(wiced_tls_identity_t* identity,
            const uint8_t* certificate, uint32_t certificate_length)
        {
            const char* pem = NULL;
            uint32_t length = 0;
            if (resource_get_readonly_buffer(&%s, 0, %d,
                    &length, (const void**) &pem) != RESOURCE_SUCCESS)
            {
                return WICED_ERROR;
            }
            return wiced_tls_init_identity(identity, pem, length,
                certificate, certificate_length);
        }
        """
        .formatted(payload.about(), payload.fileName(), name, payload.pem().length());
  }

  /** Returns files in their order. */
  private static Map<String, String> files(String first, String text, String second, String code) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(first, text);
    files.put(second, code);
    return files;
  }
}

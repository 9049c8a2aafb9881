package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code wwep cert embed} makes, built with compilers and read by the stacks of boards. */
@Timeout(120)
class CertEmbedTest {

  private static final String[] STRICT = {"-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic"};

  @TempDir private static Path directory;

  @BeforeAll
  static void makeCertificates() throws Exception {
    wwep("cert", "ca", "--name", "Class \"4b\" */ ??/", "--out", ".");
    wwep("cert", "device", "0FAC", "--ec", "--out", ".");
    wwep("cert", "server", "wwep.lab", "--ec", "--out", ".");
  }

  private static List<String> wwep(String... arguments) throws Exception {
    try (WwepProcess wwep = WwepProcess.start(directory, arguments)) {
      assertThat(wwep.awaitExit()).as("%s", wwep.errors()).isZero();
      return wwep.output();
    }
  }

  private static String file(String name) {
    return directory.resolve(name).toString();
  }

  private static void write(String name, String text) throws Exception {
    Files.writeString(directory.resolve(name), text, StandardCharsets.US_ASCII);
  }

  private static String run(String... command) throws Exception {
    Tool.Result result = Tool.of(command).run("");
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    return result.out();
  }

  private static String compile(String compiler, String output, String[] options, String... more)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(compiler, "-o", file(output), "-I", file("")));
    command.addAll(List.of(options));
    command.addAll(List.of(more));
    run(command.toArray(String[]::new));
    return file(output);
  }

  private static String fingerprint(String name) throws Exception {
    return run("openssl", "x509", "-noout", "-fingerprint", "-sha256", "-in", file(name))
        .replaceFirst(".*=", "")
        .replace(":", "")
        .toLowerCase(Locale.ROOT)
        .strip();
  }

  /** Parses what is embedded, length with its NUL, and prints the SHA-256 of its DER. */
  private static String mbedtlsMain(String include) {
    return """
        #include <stdio.h>
        #include <mbedtls/sha256.h>
        #include <mbedtls/x509_crt.h>
        %s

        int main(void)
        {
            mbedtls_x509_crt crt;
            unsigned char hash[32];
            int i, error;
            mbedtls_x509_crt_init(&crt);
            error = mbedtls_x509_crt_parse(&crt, (const unsigned char *) root, LENGTH);
            if (error != 0) {
                return 1;
            }
            mbedtls_sha256_ret(crt.raw.p, crt.raw.len, hash, 0);
            for (i = 0; i < 32; i++) {
                printf("%%02x", hash[i]);
            }
            return 0;
        }
        """
        .formatted(include);
  }

  @ParameterizedTest
  @CsvSource({"header, ca", "header, device-0FAC", "c, wwep.lab"})
  void shouldBeReadByMbedTls(String kind, String name) throws Exception {
    CSource.assumeInstalled("mbedtls/x509_crt.h", directory);
    String file = kind.equals("c") ? "embedded.c" : "embedded.h";
    wwep("cert", "embed", name + ".pem", "--as", kind, "--name", "root", "--out", file, "--force");
    // The size of an array is not known in another source.
    String use =
        kind.equals("c")
            ? "#include <string.h>\nextern const char root[];\n#define LENGTH strlen(root) + 1"
            : "#include \"embedded.h\"\n#define LENGTH sizeof(root)";
    write("main.c", mbedtlsMain(use));
    List<String> sources = new ArrayList<>(List.of(file("main.c")));
    if (kind.equals("c")) {
      sources.add(file("embedded.c"));
    }
    sources.addAll(List.of("-lmbedx509", "-lmbedcrypto"));
    String program =
        compile(
            "gcc",
            "embedded",
            new String[] {"-std=c99", "-Wall", "-Wextra", "-Werror"},
            sources.toArray(String[]::new));
    assertThat(run(program)).isEqualTo(fingerprint(name + ".pem"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"c", "header"})
  void shouldCompileWithoutAWarning(String kind) throws Exception {
    for (String name : List.of("ca.pem", "device-0FAC.key.pem")) {
      String file = kind.equals("c") ? "alone.c" : "alone.h";
      wwep("cert", "embed", name, "--as", kind, "--out", file, "--force");
      write("user.c", "#include \"alone.h\"\nint main(void) { return 0; }\n");
      String source = file(kind.equals("c") ? file : "user.c");
      compile("gcc", "alone.o", STRICT, "-c", source);
      if (kind.equals("header")) {
        compile(
            "g++", "alone.o", new String[] {"-Wall", "-Wextra", "-Werror"}, "-c", "-xc++", source);
      }
    }
  }

  /** Of WICED there are only the names here, as its headers have them. */
  private static final String WICED_STUB =
      """
      #include <stdint.h>
      typedef int wiced_result_t;
      typedef int wiced_bool_t;
      typedef struct { int used; } wiced_tls_identity_t;
      typedef struct { char private_key[2048]; char certificate[4096]; } platform_dct_security_t;
      enum { WICED_SUCCESS = 0, WICED_ERROR = 4, WICED_FALSE = 0, DCT_SECURITY_SECTION = 1 };
      wiced_result_t wiced_dct_read_lock(void** info_ptr, wiced_bool_t ptr_is_writable, int section,
          uint32_t offset, uint32_t size);
      wiced_result_t wiced_dct_read_unlock(void* info_ptr, wiced_bool_t ptr_is_writable);
      wiced_result_t wiced_tls_init_root_ca_certificates(const char* certificates,
          const uint32_t length);
      wiced_result_t wiced_tls_init_identity(wiced_tls_identity_t* identity, const char* key,
          const uint32_t key_length, const uint8_t* certificate, uint32_t certificate_length);
      """;

  private static final String RESOURCES_STUB =
      """
      #include <stdint.h>
      typedef struct { int size; } resource_hnd_t;
      typedef enum { RESOURCE_SUCCESS = 0 } resource_result_t;
      resource_result_t resource_get_readonly_buffer(const resource_hnd_t* resource,
          uint32_t offset, uint32_t maxsize, uint32_t* size_out, const void** buffer);
      extern const resource_hnd_t resources_apps_DIR_kit_DIR_ca_pem;
      extern const resource_hnd_t resources_apps_DIR_kit_DIR_device_0FAC_key_pem;
      """;

  @ParameterizedTest
  @ValueSource(strings = {"wiced-dct", "wiced-resource"})
  void shouldCompileForWiced(String kind) throws Exception {
    write("wiced.h", WICED_STUB);
    write("wiced_tls.h", "");
    write("resources.h", RESOURCES_STUB);
    Path out = Files.createDirectories(directory.resolve(kind));
    for (String name : List.of("ca.pem", "device-0FAC.key.pem")) {
      wwep("cert", "embed", name, "--as", kind, "--name", "kit", "--out", out.toString());
    }
    String end = kind.equals("wiced-dct") ? "_dct.c" : "_resource.c";
    for (String stem : List.of("ca", "device_0FAC_key")) {
      compile("gcc", "wiced.o", STRICT, "-c", out.resolve(stem + end).toString());
    }
    assertThat(fingerprint(kind + "/ca.pem")).isEqualTo(fingerprint("ca.pem"));
    assertThat(run("openssl", "pkey", "-noout", "-check", "-in", out + "/device_0FAC_key.pem"))
        .contains("Key is valid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ca.pem", "wwep.lab.pem"})
  void shouldCompileForArduino(String name) throws Exception {
    write("Arduino.h", "#define PROGMEM\n");
    wwep("cert", "embed", name, "--as", "arduino", "--name", "root", "--out", "a.h", "--force");
    write(
        "sketch.cpp",
        "#include <cstdio>\n#include \"a.h\"\nint main() { std::printf(\"%s\", root); }\n");
    String program =
        compile(
            "g++",
            "sketch",
            new String[] {"-std=c++11", "-Wall", "-Wextra", "-Werror"},
            file("sketch.cpp"));
    write("printed.pem", run(program));
    assertThat(fingerprint("printed.pem")).isEqualTo(fingerprint(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ca.pem", "chain.pem"})
  void shouldBeLoadedByPython(String name) throws Exception {
    String ca = Files.readString(directory.resolve("ca.pem"));
    write("chain.pem", Files.readString(directory.resolve("wwep.lab.pem")) + ca);
    wwep(
        "cert", "embed", name, "--as", "micropython", "--name", "root", "--out", "m.py", "--force");
    write(
        "load.py",
        """
        import hashlib, ssl, sys
        sys.path.insert(0, sys.argv[1])
        from m import root
        roots = root if isinstance(root, tuple) else (root,)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        for each in roots:
            context.load_verify_locations(cadata=each)
        print(context.cert_store_stats()["x509"], hashlib.sha256(roots[-1]).hexdigest(), end="")
        """);
    assertThat(run("python3", file("load.py"), directory.toString()))
        .isEqualTo((name.equals("ca.pem") ? "1 " : "2 ") + fingerprint("ca.pem"));
  }
}

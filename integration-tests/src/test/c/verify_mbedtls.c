/*
 * What mbed TLS makes of a chain, without a connection: verify_mbedtls CHAIN CA HOST|-
 * prints "-0x2700 0x00000008", the error and the flags, or "0x0000 0x00000000". It asks what the
 * library asks in a client's handshake: chain, name, and whether the first is a TLS server's.
 */
#include <mbedtls/oid.h>
#include <mbedtls/x509_crt.h>
#include <stdio.h>
#include <string.h>

/* Each certificate by itself, as a handshake has them: a file as a whole tells no reason. */
static int parse(mbedtls_x509_crt *chain, const char *file) {
  static char text[1 << 18];
  FILE *in = fopen(file, "r");
  if (in == NULL) return MBEDTLS_ERR_X509_FILE_IO_ERROR;
  text[fread(text, 1, sizeof text - 1, in)] = 0;
  fclose(in);
  static const char end[] = "-----END CERTIFICATE-----\n";
  int error = 0;
  for (char *from = text; *from != 0 && error == 0;) {
    char *to = strstr(from, end);
    if (to == NULL) return MBEDTLS_ERR_X509_CERT_UNKNOWN_FORMAT;
    to += sizeof end - 1;
    char next = *to;
    *to = 0;
    error = mbedtls_x509_crt_parse(chain, (unsigned char *)from, (size_t)(to - from) + 1);
    *to = next;
    from = to;
  }
  return error;
}

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  mbedtls_x509_crt chain;
  mbedtls_x509_crt roots;
  mbedtls_x509_crt_init(&chain);
  mbedtls_x509_crt_init(&roots);
  int error = parse(&chain, argv[1]);
  if (error == 0) error = parse(&roots, argv[2]);
  if (error != 0) {
    printf("unreadable -0x%04X\n", (unsigned)-error);
    return 0;
  }
  uint32_t flags = 0;
  const char *host = strcmp(argv[3], "-") == 0 ? NULL : argv[3];
  error = mbedtls_x509_crt_verify(&chain, &roots, NULL, host, &flags, NULL, NULL);
  /* With ECDHE, which signs; with the suites of TLS_RSA it would be KEY_ENCIPHERMENT. */
  if (mbedtls_x509_crt_check_key_usage(&chain, MBEDTLS_X509_KU_DIGITAL_SIGNATURE) != 0) {
    flags |= MBEDTLS_X509_BADCERT_KEY_USAGE;
    error = MBEDTLS_ERR_X509_CERT_VERIFY_FAILED;
  }
  if (mbedtls_x509_crt_check_extended_key_usage(&chain, MBEDTLS_OID_SERVER_AUTH,
                                                MBEDTLS_OID_SIZE(MBEDTLS_OID_SERVER_AUTH)) != 0) {
    flags |= MBEDTLS_X509_BADCERT_EXT_KEY_USAGE;
    error = MBEDTLS_ERR_X509_CERT_VERIFY_FAILED;
  }
  printf("%s0x%04X 0x%08X\n", error < 0 ? "-" : "", (unsigned)-error, (unsigned)flags);
  return 0;
}

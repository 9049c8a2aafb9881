/*
 * A board whose TLS is mbed TLS 2.28; board.h says what it does.
 *
 *   cc -std=gnu99 -Wall -Wextra -o board_mbedtls board_mbedtls.c -lmbedtls -lmbedx509 -lmbedcrypto
 */
#include "board.h"

#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/error.h>
#include <mbedtls/net_sockets.h>
#include <mbedtls/ssl.h>
#include <mbedtls/x509_crt.h>

/* As boards have it: the roots are a part of the program, and CAFILE is only a word that is no "-". */
#ifdef ROOT_HEADER
#include ROOT_HEADER
#endif

static mbedtls_net_context net;
static mbedtls_entropy_context entropy;
static mbedtls_ctr_drbg_context random_source;
static mbedtls_x509_crt roots;
static mbedtls_x509_crt own;
static mbedtls_pk_context own_key;
static mbedtls_ssl_config config;
static mbedtls_ssl_context session;

static int explain_failure(const char *step, int error) {
  char text[256];
  mbedtls_strerror(error, text, sizeof text);
  fprintf(stderr, "%s: -0x%04X %s", step, (unsigned)-error, text);
  uint32_t flags = error == MBEDTLS_ERR_X509_CERT_VERIFY_FAILED
                       ? mbedtls_ssl_get_verify_result(&session)
                       : 0;
  if (flags != 0 && mbedtls_x509_crt_verify_info(text, sizeof text, ": ", flags) > 0) {
    fprintf(stderr, "%s", text);
  } else {
    fprintf(stderr, "\n");
  }
  return -1;
}

/* Waits until the socket is ready for what the last call wanted; returns whether it is. */
static int wait_wanted(int result, long long deadline_ms) {
  if (result == MBEDTLS_ERR_SSL_WANT_READ) return wait_for(net.fd, POLLIN, deadline_ms);
  if (result == MBEDTLS_ERR_SSL_WANT_WRITE) return wait_for(net.fd, POLLOUT, deadline_ms);
  return 0;
}

/* Loads the board's own certificate and key, if it has them; the key need not be the certificate's. */
static int set_up_own(void) {
  if (getenv("BOARD_CERT") == NULL) return 0;
  int error = mbedtls_x509_crt_parse_file(&own, getenv("BOARD_CERT"));
  if (error == 0) error = mbedtls_pk_parse_keyfile(&own_key, getenv("BOARD_KEY"), NULL);
  if (error == 0) error = mbedtls_ssl_conf_own_cert(&config, &own, &own_key);
  return error;
}

static int set_up(const char *host, const char *ca_file) {
  int error = mbedtls_ctr_drbg_seed(&random_source, mbedtls_entropy_func, &entropy, NULL, 0);
#ifdef ROOT_HEADER
  if (error == 0 && ca_file != NULL) {
    error = mbedtls_x509_crt_parse(&roots, (const unsigned char *)root_ca, sizeof root_ca);
  }
#else
  if (error == 0 && ca_file != NULL) error = mbedtls_x509_crt_parse_file(&roots, ca_file);
#endif
  if (error != 0) return error;
  error = mbedtls_ssl_config_defaults(&config, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_STREAM,
                                      MBEDTLS_SSL_PRESET_DEFAULT);
  if (error != 0) return error;
  mbedtls_ssl_conf_rng(&config, mbedtls_ctr_drbg_random, &random_source);
  mbedtls_ssl_conf_ca_chain(&config, &roots, NULL);
  mbedtls_ssl_conf_authmode(
      &config, ca_file != NULL ? MBEDTLS_SSL_VERIFY_REQUIRED : MBEDTLS_SSL_VERIFY_NONE);
  error = set_up_own();
  if (error == 0) error = mbedtls_ssl_setup(&session, &config);
  if (error == 0) error = mbedtls_ssl_set_hostname(&session, host);
  mbedtls_ssl_set_bio(&session, &net, mbedtls_net_send, mbedtls_net_recv, NULL);
  return error;
}

static int tls_open(int fd, const char *host, const char *ca_file) {
  mbedtls_net_init(&net);
  net.fd = fd;
  mbedtls_entropy_init(&entropy);
  mbedtls_ctr_drbg_init(&random_source);
  mbedtls_x509_crt_init(&roots);
  mbedtls_x509_crt_init(&own);
  mbedtls_pk_init(&own_key);
  mbedtls_ssl_config_init(&config);
  mbedtls_ssl_init(&session);
  int error = set_up(host, ca_file);
  if (error != 0) return explain_failure("TLS cannot be set up", error);
  long long deadline_ms = now_ms() + HANDSHAKE_MS;
  error = mbedtls_ssl_handshake(&session);
  while (error != 0 && wait_wanted(error, deadline_ms)) {
    error = mbedtls_ssl_handshake(&session);
  }
  return error == 0 ? 0 : explain_failure("TLS handshake failed", error);
}

static int tls_write(const unsigned char *bytes, size_t length) {
  if (length == 0) return 0;
  long long deadline_ms = now_ms() + REPLY_MS;
  int result = mbedtls_ssl_write(&session, bytes, length);
  while (result < 0 && wait_wanted(result, deadline_ms)) {
    result = mbedtls_ssl_write(&session, bytes, length);
  }
  return result == (int)length ? 0 : -1;
}

static int tls_read(unsigned char *bytes, size_t length, long long deadline_ms) {
  for (;;) {
    int result = mbedtls_ssl_read(&session, bytes, length);
    if (result > 0) return result;
    if (result == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY) return READ_CLOSED;
    if (result == 0) return READ_FAILED; /* the end of TCP without a close_notify */
    if (result != MBEDTLS_ERR_SSL_WANT_READ && result != MBEDTLS_ERR_SSL_WANT_WRITE) {
      return READ_FAILED;
    }
    if (!wait_wanted(result, deadline_ms)) return READ_TIMEOUT;
  }
}

static void tls_close(void) {
  if (session.state == MBEDTLS_SSL_HANDSHAKE_OVER) mbedtls_ssl_close_notify(&session);
  mbedtls_ssl_free(&session);
  mbedtls_ssl_config_free(&config);
  mbedtls_x509_crt_free(&roots);
  mbedtls_x509_crt_free(&own);
  mbedtls_pk_free(&own_key);
  mbedtls_ctr_drbg_free(&random_source);
  mbedtls_entropy_free(&entropy);
}

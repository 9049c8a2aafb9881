/*
 * A board whose TLS is OpenSSL 3; board.h says what it does.
 *
 *   cc -std=gnu99 -Wall -Wextra -o board_openssl board_openssl.c -lssl -lcrypto
 */
#include "board.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

static SSL_CTX *context;
static SSL *session;

/* Waits until the socket is ready for what the last call wanted; returns whether it is. */
static int wait_wanted(int result, long long deadline_ms) {
  int wanted = SSL_get_error(session, result);
  if (wanted == SSL_ERROR_WANT_READ) return wait_for(SSL_get_fd(session), POLLIN, deadline_ms);
  if (wanted == SSL_ERROR_WANT_WRITE) return wait_for(SSL_get_fd(session), POLLOUT, deadline_ms);
  return 0;
}

static int wants_more(int result) {
  int wanted = SSL_get_error(session, result);
  return wanted == SSL_ERROR_WANT_READ || wanted == SSL_ERROR_WANT_WRITE;
}

static int explain_failure(const char *step) {
  long verified = session != NULL ? SSL_get_verify_result(session) : X509_V_OK;
  unsigned long error = ERR_peek_last_error();
  char text[256] = "closed by the server, or too slow";
  if (error != 0) ERR_error_string_n(error, text, sizeof text);
  fprintf(stderr, "%s: %s%s%s\n", step, text, verified != X509_V_OK ? ": " : "",
          verified != X509_V_OK ? X509_verify_cert_error_string(verified) : "");
  return -1;
}

/* The name is an address or a host's, and each is checked in its own way. */
static int expect_name(const char *host) {
  X509_VERIFY_PARAM *parameters = SSL_get0_param(session);
  if (X509_VERIFY_PARAM_set1_ip_asc(parameters, host) == 1) return 1;
  ERR_clear_error();
  return SSL_set_tlsext_host_name(session, host) == 1 && SSL_set1_host(session, host) == 1;
}

/* Loads the board's own certificate and key, if it has them. */
static int set_up_own(void) {
  const char *certificate = getenv("BOARD_CERT");
  if (certificate == NULL) return 1;
  return SSL_CTX_use_certificate_chain_file(context, certificate) == 1 &&
         SSL_CTX_use_PrivateKey_file(context, getenv("BOARD_KEY"), SSL_FILETYPE_PEM) == 1;
}

static int set_up(int fd, const char *host, const char *ca_file) {
  context = SSL_CTX_new(TLS_client_method());
  if (context == NULL || !set_up_own()) return 0;
  if (ca_file != NULL) {
    if (SSL_CTX_load_verify_file(context, ca_file) != 1) return 0;
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
  }
  session = SSL_new(context);
  return session != NULL && (ca_file == NULL || expect_name(host)) && SSL_set_fd(session, fd) == 1;
}

static int tls_open(int fd, const char *host, const char *ca_file) {
  if (!set_up(fd, host, ca_file)) return explain_failure("TLS cannot be set up");
  long long deadline_ms = now_ms() + HANDSHAKE_MS;
  int result = SSL_connect(session);
  while (result != 1 && wait_wanted(result, deadline_ms)) {
    result = SSL_connect(session);
  }
  return result == 1 ? 0 : explain_failure("TLS handshake failed");
}

static int tls_write(const unsigned char *bytes, size_t length) {
  if (length == 0) return 0;
  long long deadline_ms = now_ms() + REPLY_MS;
  int result = SSL_write(session, bytes, (int)length);
  while (result <= 0 && wait_wanted(result, deadline_ms)) {
    result = SSL_write(session, bytes, (int)length);
  }
  return result == (int)length ? 0 : -1;
}

static int tls_read(unsigned char *bytes, size_t length, long long deadline_ms) {
  for (;;) {
    int result = SSL_read(session, bytes, (int)length);
    if (result > 0) return result;
    if (SSL_get_error(session, result) == SSL_ERROR_ZERO_RETURN) return READ_CLOSED;
    if (!wants_more(result)) return READ_FAILED;
    if (!wait_wanted(result, deadline_ms)) return READ_TIMEOUT;
  }
}

static void tls_close(void) {
  if (session != NULL && SSL_is_init_finished(session)) SSL_shutdown(session);
  SSL_free(session);
  SSL_CTX_free(context);
}

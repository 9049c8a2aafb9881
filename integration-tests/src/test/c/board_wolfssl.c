/*
 * A board whose TLS is wolfSSL; board.h says what it does.
 *
 *   cc -std=gnu99 -Wall -Wextra -o board_wolfssl board_wolfssl.c -lwolfssl
 */
#include "board.h"

#include <wolfssl/options.h>
#include <wolfssl/ssl.h>

static WOLFSSL_CTX *context;
static WOLFSSL *session;

static int wanted(int result) { return wolfSSL_get_error(session, result); }

static int wants_more(int result) {
  return wanted(result) == SSL_ERROR_WANT_READ || wanted(result) == SSL_ERROR_WANT_WRITE;
}

/* Waits until the socket is ready for what the last call wanted; returns whether it is. */
static int wait_wanted(int result, long long deadline_ms) {
  int fd = wolfSSL_get_fd(session);
  if (wanted(result) == SSL_ERROR_WANT_READ) return wait_for(fd, POLLIN, deadline_ms);
  if (wanted(result) == SSL_ERROR_WANT_WRITE) return wait_for(fd, POLLOUT, deadline_ms);
  return 0;
}

static int explain_failure(const char *step, int result) {
  int error = session == NULL ? 0 : wanted(result);
  char text[WOLFSSL_MAX_ERROR_SZ] = "";
  fprintf(stderr, "%s: %d %s\n", step, error, wolfSSL_ERR_error_string((unsigned long)error, text));
  return -1;
}

/* Loads the board's own certificate and key, if it has them. */
static int set_up_own(void) {
  const char *certificate = getenv("BOARD_CERT");
  if (certificate == NULL) return 1;
  return wolfSSL_CTX_use_certificate_chain_file(context, certificate) == SSL_SUCCESS &&
         wolfSSL_CTX_use_PrivateKey_file(context, getenv("BOARD_KEY"), SSL_FILETYPE_PEM) ==
             SSL_SUCCESS;
}

static int set_up(int fd, const char *host, const char *ca_file) {
  wolfSSL_Init();
  context = wolfSSL_CTX_new(wolfTLSv1_2_client_method()); /* what boards with wolfSSL have mostly */
  if (context == NULL || !set_up_own()) return 0;
  /* Said both ways: which one is the default differs between builds. */
  wolfSSL_CTX_set_verify(context, ca_file == NULL ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, NULL);
  if (ca_file != NULL &&
      wolfSSL_CTX_load_verify_locations(context, ca_file, NULL) != SSL_SUCCESS) {
    return 0;
  }
  session = wolfSSL_new(context);
  if (session == NULL) return 0;
  if (ca_file != NULL && wolfSSL_check_domain_name(session, host) != SSL_SUCCESS) return 0;
  wolfSSL_set_using_nonblock(session, 1);
  return wolfSSL_set_fd(session, fd) == SSL_SUCCESS;
}

static int tls_open(int fd, const char *host, const char *ca_file) {
  if (!set_up(fd, host, ca_file)) return explain_failure("TLS cannot be set up", 0);
  long long deadline_ms = now_ms() + HANDSHAKE_MS;
  int result = wolfSSL_connect(session);
  while (result != SSL_SUCCESS && wait_wanted(result, deadline_ms)) {
    result = wolfSSL_connect(session);
  }
  return result == SSL_SUCCESS ? 0 : explain_failure("TLS handshake failed", result);
}

static int tls_write(const unsigned char *bytes, size_t length) {
  if (length == 0) return 0;
  long long deadline_ms = now_ms() + REPLY_MS;
  int result = wolfSSL_write(session, bytes, (int)length);
  while (result <= 0 && wait_wanted(result, deadline_ms)) {
    result = wolfSSL_write(session, bytes, (int)length);
  }
  return result == (int)length ? 0 : -1;
}

static int tls_read(unsigned char *bytes, size_t length, long long deadline_ms) {
  for (;;) {
    int result = wolfSSL_read(session, bytes, (int)length);
    if (result > 0) return result;
    if (wanted(result) == SSL_ERROR_ZERO_RETURN) return READ_CLOSED;
    if (!wants_more(result)) return READ_FAILED;
    if (!wait_wanted(result, deadline_ms)) return READ_TIMEOUT;
  }
}

static void tls_close(void) {
  if (session != NULL) {
    wolfSSL_shutdown(session);
    wolfSSL_free(session);
  }
  wolfSSL_CTX_free(context);
  wolfSSL_Cleanup();
}

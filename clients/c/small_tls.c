/* The TLS door of a small server. */
#define _POSIX_C_SOURCE 200809L
#include "small_tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>

/* Waits for what the last call wanted; returns whether it is there in time. */
static int wait_wanted(connection *it, int result, long long deadline_ms) {
  int error = SSL_get_error(it->tls, result);
  if (error == SSL_ERROR_WANT_READ) return server_wait(it->fd, 0, deadline_ms);
  if (error == SSL_ERROR_WANT_WRITE) return server_wait(it->fd, 1, deadline_ms);
  return 0;
}

static int why(connection *it, int result) {
  int error = SSL_get_error(it->tls, result);
  if (error == SSL_ERROR_ZERO_RETURN) return CONNECTION_ENDED;
  return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? CONNECTION_SILENT : CONNECTION_BROKEN;
}

static int tls_open(connection *it) {
  long long deadline_ms = server_now_ms() + HANDSHAKE_MS;
  ERR_clear_error();
  it->tls = SSL_new(it->through->secrets);
  if (it->tls == NULL || SSL_set_fd(it->tls, it->fd) != 1) return 0;
  int result = SSL_accept(it->tls);
  while (result != 1 && wait_wanted(it, result, deadline_ms)) result = SSL_accept(it->tls);
  if (result != 1) {
    const char *reason = ERR_reason_error_string(ERR_peek_error());
    printf("TLS    handshake failed: %s\n", reason != NULL ? reason : "it stopped in the middle");
  }
  return result == 1;
}

static int tls_read(connection *it, char *bytes, size_t capacity, long long deadline_ms) {
  ERR_clear_error();
  int got = SSL_read(it->tls, bytes, (int)capacity);
  while (got <= 0 && wait_wanted(it, got, deadline_ms)) got = SSL_read(it->tls, bytes, (int)capacity);
  return got > 0 ? got : why(it, got);
}

static int tls_write(connection *it, const char *bytes, size_t length, long long deadline_ms) {
  ERR_clear_error();
  int sent = SSL_write(it->tls, bytes, (int)length);
  while (sent <= 0 && wait_wanted(it, sent, deadline_ms)) sent = SSL_write(it->tls, bytes, (int)length);
  return sent > 0 ? sent : why(it, sent);
}

/* close_notify tells the board that nothing was cut off. */
static void tls_close(connection *it) {
  ERR_clear_error();
  if (it->tls != NULL && SSL_is_init_finished(it->tls)) SSL_shutdown(it->tls);
  SSL_free(it->tls);
  it->tls = NULL;
}

door tls_door(uint16_t port, const char *cert, const char *key) {
  SSL_CTX *secrets = SSL_CTX_new(TLS_server_method());
  if (secrets == NULL || SSL_CTX_set_min_proto_version(secrets, TLS1_2_VERSION) != 1 ||
      SSL_CTX_use_certificate_chain_file(secrets, cert) != 1 ||
      SSL_CTX_use_PrivateKey_file(secrets, key, SSL_FILETYPE_PEM) != 1 || SSL_CTX_check_private_key(secrets) != 1) {
    const char *reason = ERR_reason_error_string(ERR_peek_error());
    fprintf(stderr, "%s and %s: %s: they have to be a certificate and its own key, in PEM\n", cert, key,
            reason != NULL ? reason : "cannot be loaded");
    exit(2);
  }
  door tls = {"TLS", port, -1, secrets, tls_open, tls_read, tls_write, tls_close};
  return tls;
}

void tls_door_free(door *tls) {
  SSL_CTX_free(tls->secrets);
  tls->secrets = NULL;
}

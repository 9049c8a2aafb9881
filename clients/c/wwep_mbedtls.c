/* TLS by mbed TLS, 2.28 or 3. It reads and writes through the transport below it, and knows no socket. */
#ifndef WWEP_MBEDTLS
#define WWEP_MBEDTLS
#endif
#include "wwep_tls.h"

#include <mbedtls/version.h>
#include <string.h>

#if MBEDTLS_VERSION_NUMBER < 0x021C0000 || MBEDTLS_VERSION_NUMBER >= 0x04000000
#error "this is for mbed TLS 2.28 and 3"
#endif
#if MBEDTLS_VERSION_NUMBER >= 0x03000000 && defined(MBEDTLS_PSA_CRYPTO_C)
#include <psa/crypto.h>
#endif

static void begin(wwep_tls *tls, uint32_t timeout_ms) {
  tls->start_ms = tls->tcp->now_ms(tls->tcp->context);
  tls->limit_ms = timeout_ms;
  tls->below = WWEP_OK;
}

static uint32_t left_ms(const wwep_tls *tls) {
  uint32_t spent_ms = tls->tcp->now_ms(tls->tcp->context) - tls->start_ms;
  return spent_ms < tls->limit_ms ? tls->limit_ms - spent_ms : 0;
}

/* ---- the wire, as mbed TLS sees it */

/* Where the server has closed, what it said before is still to be read: an alert that tells why. The read finds the end. */
static int wire_send(void *context, const unsigned char *bytes, size_t length) {
  wwep_tls *tls = context;
  tls->below = tls->tcp->send(tls->tcp->context, bytes, length, left_ms(tls));
  return tls->below == WWEP_OK || tls->below == WWEP_LOST ? (int)length : MBEDTLS_ERR_SSL_INTERNAL_ERROR;
}

/* What has come is taken even when the time is up: a timeout of 0 still looks. */
static int wire_receive(void *context, unsigned char *bytes, size_t capacity) {
  wwep_tls *tls = context;
  size_t got = 0;
  tls->below = tls->tcp->receive(tls->tcp->context, bytes, capacity, &got, left_ms(tls));
  if (tls->below == WWEP_OK) return (int)got;
  if (tls->below == WWEP_NO_REPLY) return MBEDTLS_ERR_SSL_WANT_READ;
  return tls->below == WWEP_CLOSED ? 0 : MBEDTLS_ERR_SSL_INTERNAL_ERROR;
}

/* ---- setting up */

wwep_result wwep_tls_init(wwep_tls *tls, const wwep_transport *tcp) {
  memset(tls, 0, sizeof *tls);
  tls->tcp = tcp;
  mbedtls_entropy_init(&tls->entropy);
  mbedtls_ctr_drbg_init(&tls->random);
  mbedtls_x509_crt_init(&tls->roots);
  mbedtls_x509_crt_init(&tls->own);
  mbedtls_pk_init(&tls->own_key);
  mbedtls_ssl_config_init(&tls->config);
  mbedtls_ssl_init(&tls->session);
#if MBEDTLS_VERSION_NUMBER >= 0x03000000 && defined(MBEDTLS_PSA_CRYPTO_C)
  if (psa_crypto_init() != PSA_SUCCESS) return WWEP_TLS_SETUP; /* TLS 1.3 computes with it */
#endif
  if (mbedtls_ctr_drbg_seed(&tls->random, mbedtls_entropy_func, &tls->entropy, NULL, 0) != 0) return WWEP_TLS_SETUP;
  if (mbedtls_ssl_config_defaults(&tls->config, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_STREAM,
                                  MBEDTLS_SSL_PRESET_DEFAULT) != 0) {
    return WWEP_TLS_SETUP;
  }
  mbedtls_ssl_conf_rng(&tls->config, mbedtls_ctr_drbg_random, &tls->random);
#if MBEDTLS_VERSION_NUMBER < 0x03000000
  mbedtls_ssl_conf_min_version(&tls->config, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3);
#endif
  return WWEP_OK;
}

wwep_result wwep_tls_root(wwep_tls *tls, const char *pem) {
  if (mbedtls_x509_crt_parse(&tls->roots, (const unsigned char *)pem, strlen(pem) + 1) != 0) return WWEP_BAD_ROOT;
  mbedtls_ssl_conf_ca_chain(&tls->config, &tls->roots, NULL);
  tls->trusts = WWEP_TRUSTS_ROOTS;
  return WWEP_OK;
}

/* Returns 0 when the key could be read and is the certificate's; with mbed TLS 3 both take a source of randomness. */
static int parse_own_key(wwep_tls *tls, const char *pem) {
  const unsigned char *text = (const unsigned char *)pem;
#if MBEDTLS_VERSION_NUMBER < 0x03000000
  int error = mbedtls_pk_parse_key(&tls->own_key, text, strlen(pem) + 1, NULL, 0);
  return error != 0 ? error : mbedtls_pk_check_pair(&tls->own.pk, &tls->own_key);
#else
  int error = mbedtls_pk_parse_key(&tls->own_key, text, strlen(pem) + 1, NULL, 0, mbedtls_ctr_drbg_random, &tls->random);
  if (error != 0) return error;
  return mbedtls_pk_check_pair(&tls->own.pk, &tls->own_key, mbedtls_ctr_drbg_random, &tls->random);
#endif
}

wwep_result wwep_tls_identity(wwep_tls *tls, const char *certificate_pem, const char *key_pem) {
  const unsigned char *text = (const unsigned char *)certificate_pem;
  if (mbedtls_x509_crt_parse(&tls->own, text, strlen(certificate_pem) + 1) != 0) return WWEP_BAD_IDENTITY;
  if (parse_own_key(tls, key_pem) != 0) return WWEP_BAD_IDENTITY;
  return mbedtls_ssl_conf_own_cert(&tls->config, &tls->own, &tls->own_key) == 0 ? WWEP_OK : WWEP_BAD_IDENTITY;
}

void wwep_tls_name(wwep_tls *tls, const char *name) {
  tls->name = name;
}

void wwep_tls_trust_anybody(wwep_tls *tls) {
  tls->trusts = WWEP_TRUSTS_ANYBODY;
}

static int open_session(wwep_tls *tls, const char *host) {
  mbedtls_ssl_conf_authmode(&tls->config, tls->trusts == WWEP_TRUSTS_ROOTS ? MBEDTLS_SSL_VERIFY_REQUIRED
                                                                           : MBEDTLS_SSL_VERIFY_NONE);
  int error = mbedtls_ssl_setup(&tls->session, &tls->config);
  if (error == 0) error = mbedtls_ssl_set_hostname(&tls->session, tls->name != NULL ? tls->name : host);
  mbedtls_ssl_set_bio(&tls->session, tls, wire_send, wire_receive, NULL);
  return error == 0;
}

/* ---- what went wrong */

/* Of several reasons, the one to be cured first. */
static wwep_result why_not_trusted(uint32_t flags) {
  if (flags & MBEDTLS_X509_BADCERT_NOT_TRUSTED) return WWEP_UNKNOWN_CA;
  if (flags & MBEDTLS_X509_BADCERT_EXPIRED) return WWEP_EXPIRED;
  if (flags & MBEDTLS_X509_BADCERT_FUTURE) return WWEP_NOT_YET;
  if (flags & MBEDTLS_X509_BADCERT_CN_MISMATCH) return WWEP_WRONG_NAME;
  return WWEP_NOT_TRUSTED;
}

static wwep_result why_no_handshake(const wwep_tls *tls, int error) {
  if (error == MBEDTLS_ERR_SSL_WANT_READ || tls->below == WWEP_NO_REPLY) return WWEP_SLOW_TLS;
  if (error == MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE) return WWEP_TLS_ALERT;
  if (error == MBEDTLS_ERR_X509_CERT_VERIFY_FAILED) {
    return why_not_trusted(mbedtls_ssl_get_verify_result(&tls->session));
  }
  return error == MBEDTLS_ERR_SSL_ALLOC_FAILED || error == MBEDTLS_ERR_X509_ALLOC_FAILED ? WWEP_TLS_SETUP : WWEP_NO_TLS;
}

/* ---- the transport */

static wwep_result tls_connect(void *context, const char *host, uint16_t port, uint32_t timeout_ms) {
  wwep_tls *tls = context;
  tls->is_open = 0;
  if (tls->trusts == WWEP_TRUSTS_NOBODY) return WWEP_NO_ROOT;
  wwep_result result = tls->tcp->connect(tls->tcp->context, host, port, timeout_ms);
  if (result != WWEP_OK) return result;
  begin(tls, WWEP_HANDSHAKE_MS);
  if (!open_session(tls, host)) return WWEP_TLS_SETUP;
  int error = mbedtls_ssl_handshake(&tls->session);
  if (error != 0) return why_no_handshake(tls, error);
  tls->is_open = 1;
  return WWEP_OK;
}

static wwep_result tls_send(void *context, const void *bytes, size_t length, uint32_t timeout_ms) {
  wwep_tls *tls = context;
  const unsigned char *next = bytes;
  begin(tls, timeout_ms);
  while (length > 0) {
    int sent = mbedtls_ssl_write(&tls->session, next, length);
    if (sent <= 0) {
      tls->is_open = 0;
      return tls->below == WWEP_NO_REPLY ? WWEP_NO_REPLY : WWEP_LOST;
    }
    next += sent;
    length -= (size_t)sent;
  }
  return WWEP_OK;
}

/* Whether this is no data, and no end either: TLS 1.3 sends tickets between the replies. */
static int is_aside(int result) {
#ifdef MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET
  return result == MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET;
#else
  (void)result;
  return 0;
#endif
}

static wwep_result tls_receive(void *context, void *bytes, size_t capacity, size_t *length, uint32_t timeout_ms) {
  wwep_tls *tls = context;
  begin(tls, timeout_ms);
  int got;
  do got = mbedtls_ssl_read(&tls->session, bytes, capacity);
  while (is_aside(got));
  if (got > 0) {
    *length = (size_t)got;
    return WWEP_OK;
  }
  if (got == MBEDTLS_ERR_SSL_WANT_READ) return WWEP_NO_REPLY;
  if (got == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY) return WWEP_CLOSED;
  tls->is_open = 0;
  if (got == MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE) return WWEP_TLS_ALERT;
  return got == 0 || tls->below == WWEP_CLOSED ? WWEP_CLOSED : WWEP_LOST;
}

/* The next connection needs a session that is as new. */
static void tls_close(void *context) {
  wwep_tls *tls = context;
  begin(tls, WWEP_REPLY_MS);
  if (tls->is_open) mbedtls_ssl_close_notify(&tls->session);
  tls->is_open = 0;
  mbedtls_ssl_free(&tls->session);
  mbedtls_ssl_init(&tls->session);
  tls->tcp->close(tls->tcp->context);
}

static uint32_t tls_now_ms(void *context) {
  wwep_tls *tls = context;
  return tls->tcp->now_ms(tls->tcp->context);
}

wwep_transport wwep_tls_transport(wwep_tls *tls) {
  wwep_transport transport = {tls, tls_connect, tls_send, tls_receive, tls_close, tls_now_ms};
  return transport;
}

void wwep_tls_free(wwep_tls *tls) {
  mbedtls_ssl_free(&tls->session);
  mbedtls_ssl_config_free(&tls->config);
  mbedtls_x509_crt_free(&tls->roots);
  mbedtls_x509_crt_free(&tls->own);
  mbedtls_pk_free(&tls->own_key);
  mbedtls_ctr_drbg_free(&tls->random);
  mbedtls_entropy_free(&tls->entropy);
  memset(tls, 0, sizeof *tls);
}

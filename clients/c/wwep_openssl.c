/* TLS by OpenSSL, 1.1.1 or newer. It reads and writes through the transport below it, and knows no socket. */
#include "wwep_tls.h"

#include <limits.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <string.h>

static void begin(wwep_tls *tls, uint32_t timeout_ms) {
  tls->start_ms = tls->tcp->now_ms(tls->tcp->context);
  tls->limit_ms = timeout_ms;
  tls->below = WWEP_OK;
  ERR_clear_error();
}

static uint32_t left_ms(const wwep_tls *tls) {
  uint32_t spent_ms = tls->tcp->now_ms(tls->tcp->context) - tls->start_ms;
  return spent_ms < tls->limit_ms ? tls->limit_ms - spent_ms : 0;
}

/* ---- the wire, as OpenSSL sees it */

/* Where the server has closed, what it said before is still to be read: an alert that tells why. The read finds the end. */
static int wire_write(BIO *bio, const char *bytes, int length) {
  wwep_tls *tls = BIO_get_data(bio);
  tls->below = tls->tcp->send(tls->tcp->context, bytes, (size_t)length, left_ms(tls));
  return tls->below == WWEP_OK || tls->below == WWEP_LOST ? length : -1;
}

/* What has come is taken even when the time is up: a timeout of 0 still looks. */
static int wire_read(BIO *bio, char *bytes, int capacity) {
  wwep_tls *tls = BIO_get_data(bio);
  size_t got = 0;
  BIO_clear_retry_flags(bio);
  tls->below = tls->tcp->receive(tls->tcp->context, bytes, (size_t)capacity, &got, left_ms(tls));
  if (tls->below == WWEP_OK) return (int)got;
  if (tls->below == WWEP_NO_REPLY) BIO_set_retry_read(bio);
  return tls->below == WWEP_CLOSED ? 0 : -1;
}

static long wire_control(BIO *bio, int command, long number, void *pointer) {
  (void)bio;
  (void)number;
  (void)pointer;
  return command == BIO_CTRL_FLUSH; /* nothing is held back */
}

static BIO_METHOD *make_wire(void) {
  BIO_METHOD *wire = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "wwep transport");
  if (wire == NULL) return NULL;
  BIO_meth_set_write(wire, wire_write);
  BIO_meth_set_read(wire, wire_read);
  BIO_meth_set_ctrl(wire, wire_control);
  return wire;
}

/* ---- setting up */

wwep_result wwep_tls_init(wwep_tls *tls, const wwep_transport *tcp) {
  memset(tls, 0, sizeof *tls);
  tls->tcp = tcp;
  tls->config = SSL_CTX_new(TLS_client_method());
  tls->wire = make_wire();
  if (tls->config == NULL || tls->wire == NULL) return WWEP_TLS_SETUP;
  SSL_CTX_set_min_proto_version(tls->config, TLS1_2_VERSION);
  /* As boards have it: what is loaded is trusted, also an intermediate CA or the server's own certificate. */
  X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(tls->config), X509_V_FLAG_PARTIAL_CHAIN);
  return WWEP_OK;
}

static BIO *open_text(const char *pem) {
  size_t length = strlen(pem);
  return BIO_new_mem_buf(pem, length > INT_MAX ? INT_MAX : (int)length);
}

wwep_result wwep_tls_root(wwep_tls *tls, const char *pem) {
  BIO *text = open_text(pem);
  if (text == NULL) return WWEP_TLS_SETUP;
  int loaded = 0;
  X509 *root;
  while ((root = PEM_read_bio_X509(text, NULL, NULL, NULL)) != NULL) {
    loaded += X509_STORE_add_cert(SSL_CTX_get_cert_store(tls->config), root);
    X509_free(root);
  }
  BIO_free(text);
  if (loaded == 0) return WWEP_BAD_ROOT;
  tls->trusts = WWEP_TRUSTS_ROOTS;
  return WWEP_OK;
}

wwep_result wwep_tls_identity(wwep_tls *tls, const char *certificate_pem, const char *key_pem) {
  BIO *certificate_text = open_text(certificate_pem), *key_text = open_text(key_pem);
  X509 *certificate = certificate_text != NULL ? PEM_read_bio_X509(certificate_text, NULL, NULL, NULL) : NULL;
  EVP_PKEY *key = key_text != NULL ? PEM_read_bio_PrivateKey(key_text, NULL, NULL, NULL) : NULL;
  int loaded = certificate != NULL && key != NULL && SSL_CTX_use_certificate(tls->config, certificate) == 1 &&
               SSL_CTX_use_PrivateKey(tls->config, key) == 1 && SSL_CTX_check_private_key(tls->config) == 1;
  X509_free(certificate);
  EVP_PKEY_free(key);
  BIO_free(certificate_text);
  BIO_free(key_text);
  return loaded ? WWEP_OK : WWEP_BAD_IDENTITY;
}

void wwep_tls_name(wwep_tls *tls, const char *name) {
  tls->name = name;
}

void wwep_tls_trust_anybody(wwep_tls *tls) {
  tls->trusts = WWEP_TRUSTS_ANYBODY;
}

/* Says for whom the certificate has to be: an address is looked for among its addresses, anything else among its names. */
static int expect(SSL *session, const char *name) {
  if (X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session), name) == 1) return 1;
  return SSL_set_tlsext_host_name(session, name) == 1 && SSL_set1_host(session, name) == 1;
}

static int open_session(wwep_tls *tls, const char *host) {
  BIO *bio = BIO_new(tls->wire);
  tls->session = SSL_new(tls->config);
  if (bio == NULL || tls->session == NULL) {
    BIO_free(bio);
    return 0;
  }
  BIO_set_data(bio, tls);
  BIO_set_init(bio, 1);
  SSL_set_bio(tls->session, bio, bio);
  SSL_set_verify(tls->session, tls->trusts == WWEP_TRUSTS_ROOTS ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, NULL);
  return expect(tls->session, tls->name != NULL ? tls->name : host);
}

/* ---- what went wrong */

static wwep_result why_not_trusted(long verdict) {
  switch (verdict) {
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE: return WWEP_UNKNOWN_CA;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH: return WWEP_WRONG_NAME;
    case X509_V_ERR_CERT_HAS_EXPIRED: return WWEP_EXPIRED;
    case X509_V_ERR_CERT_NOT_YET_VALID: return WWEP_NOT_YET;
    default: return WWEP_NOT_TRUSTED;
  }
}

/* OpenSSL numbers an alert that came from the peer by 1000 and the alert's own number. */
static int is_alert(unsigned long error) {
  int reason = ERR_GET_REASON(error);
  return ERR_GET_LIB(error) == ERR_LIB_SSL && reason >= SSL_AD_REASON_OFFSET && reason < SSL_AD_REASON_OFFSET + 256;
}

static wwep_result why_no_handshake(const wwep_tls *tls) {
  unsigned long error = ERR_peek_error();
  if (tls->below == WWEP_NO_REPLY) return WWEP_SLOW_TLS;
  if (is_alert(error)) return WWEP_TLS_ALERT;
  long verdict = SSL_get_verify_result(tls->session);
  if (tls->trusts == WWEP_TRUSTS_ROOTS && verdict != X509_V_OK) return why_not_trusted(verdict);
  return ERR_GET_REASON(error) == ERR_R_MALLOC_FAILURE ? WWEP_TLS_SETUP : WWEP_NO_TLS;
}

/* ---- the transport */

static wwep_result tls_connect(void *context, const char *host, uint16_t port, uint32_t timeout_ms) {
  wwep_tls *tls = context;
  tls->session = NULL;
  tls->is_open = 0;
  if (tls->trusts == WWEP_TRUSTS_NOBODY) return WWEP_NO_ROOT;
  wwep_result result = tls->tcp->connect(tls->tcp->context, host, port, timeout_ms);
  if (result != WWEP_OK) return result;
  begin(tls, WWEP_HANDSHAKE_MS);
  if (!open_session(tls, host)) return WWEP_TLS_SETUP;
  if (SSL_connect(tls->session) != 1) return why_no_handshake(tls);
  tls->is_open = 1;
  return WWEP_OK;
}

static wwep_result tls_send(void *context, const void *bytes, size_t length, uint32_t timeout_ms) {
  wwep_tls *tls = context;
  size_t sent = 0;
  begin(tls, timeout_ms);
  if (length == 0 || SSL_write_ex(tls->session, bytes, length, &sent) == 1) return WWEP_OK;
  tls->is_open = 0;
  return tls->below == WWEP_NO_REPLY ? WWEP_NO_REPLY : is_alert(ERR_peek_error()) ? WWEP_TLS_ALERT : WWEP_LOST;
}

static wwep_result tls_receive(void *context, void *bytes, size_t capacity, size_t *length, uint32_t timeout_ms) {
  wwep_tls *tls = context;
  begin(tls, timeout_ms);
  if (SSL_read_ex(tls->session, bytes, capacity, length) == 1) return WWEP_OK;
  int error = SSL_get_error(tls->session, 0);
  if (error == SSL_ERROR_WANT_READ) return WWEP_NO_REPLY;
  if (error == SSL_ERROR_ZERO_RETURN) return WWEP_CLOSED;
  tls->is_open = 0;
  return is_alert(ERR_peek_error()) ? WWEP_TLS_ALERT : tls->below == WWEP_CLOSED ? WWEP_CLOSED : WWEP_LOST;
}

static void tls_close(void *context) {
  wwep_tls *tls = context;
  begin(tls, WWEP_REPLY_MS);
  if (tls->session != NULL && tls->is_open) SSL_shutdown(tls->session);
  SSL_free(tls->session);
  tls->session = NULL;
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
  SSL_free(tls->session);
  SSL_CTX_free(tls->config);
  BIO_meth_free(tls->wire);
  memset(tls, 0, sizeof *tls);
}

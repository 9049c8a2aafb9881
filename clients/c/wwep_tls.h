/*
 * wwep_tls.h: TLS on top of another transport, by OpenSSL (wwep_openssl.c) or mbed TLS (wwep_mbedtls.c, define WWEP_MBEDTLS).
 *
 *   wwep_tls tls;
 *   wwep_result result = wwep_tls_init(&tls, &tcp);
 *   if (result == WWEP_OK) result = wwep_tls_root(&tls, root_ca);
 *   wwep_transport secure = wwep_tls_transport(&tls);
 *   wwep_server server = {&secure, "wwep.lab", WWEP_TLS_PORT};
 *
 * The library underneath allocates: on a board, give mbed TLS a buffer (MBEDTLS_MEMORY_BUFFER_ALLOC_C). TLS 1.2 is the least.
 */
#ifndef WWEP_TLS_H
#define WWEP_TLS_H

#include "wwep.h"

#ifdef WWEP_MBEDTLS
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/pk.h>
#include <mbedtls/ssl.h>
#include <mbedtls/x509_crt.h>
#else
struct ssl_ctx_st;
struct ssl_st;
struct bio_method_st;
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* One connection at a time. What is in it is for the functions below. */
typedef struct wwep_tls {
  const wwep_transport *tcp;
  const char *name;  /* that the certificate has to be for; NULL: the host that is connected to */
  int trusts;        /* WWEP_TRUSTS_... */
  int is_open;       /* the handshake is done, and nothing has gone wrong since */
  uint32_t start_ms; /* of what is under way */
  uint32_t limit_ms; /* how long it may take */
  wwep_result below; /* what the transport below said last */
#ifdef WWEP_MBEDTLS
  mbedtls_entropy_context entropy;
  mbedtls_ctr_drbg_context random;
  mbedtls_x509_crt roots;
  mbedtls_x509_crt own;
  mbedtls_pk_context own_key;
  mbedtls_ssl_config config;
  mbedtls_ssl_context session;
#else
  struct bio_method_st *wire;
  struct ssl_ctx_st *config;
  struct ssl_st *session;
#endif
} wwep_tls;

enum { WWEP_TRUSTS_NOBODY, WWEP_TRUSTS_ROOTS, WWEP_TRUSTS_ANYBODY };

/* Sets TLS up on top of `tcp`, which has to live as long. Whatever it returns, wwep_tls_free has to follow. */
wwep_result wwep_tls_init(wwep_tls *tls, const wwep_transport *tcp);

/*
 * Loads a root: servers that show a certificate of it are trusted. Call it once for each root.
 *
 * `pem` is a C string with the end of each line in it, as `wwep cert embed root.pem --as header` writes it. It takes the
 * length itself: mbed TLS wants the NUL counted and WICED does not, and the wrong one of the two reads no certificate.
 */
wwep_result wwep_tls_root(wwep_tls *tls, const char *pem);

/*
 * Loads this device's own certificate and key, as C strings in PEM, for servers that ask for one (`wwep serve --client-ca`;
 * `wwep cert device` makes them). At most once, before the first connection.
 */
wwep_result wwep_tls_identity(wwep_tls *tls, const char *certificate_pem, const char *key_pem);

/*
 * Has the certificate checked for this name instead of the one that is connected to: for boards that know an address, and
 * no DNS. `name` has to live as long as `tls`.
 */
void wwep_tls_name(wwep_tls *tls, const char *name);

/*
 * Trusts whoever answers. What is sent is encrypted, but anybody in between can read and change it: for a first try, and
 * to see in class what a man in the middle sees. It has to be said: where neither this nor a root is given, nothing connects.
 */
void wwep_tls_trust_anybody(wwep_tls *tls);

/* Returns the transport; `tls` has to live as long. */
wwep_transport wwep_tls_transport(wwep_tls *tls);

/* Gives back all that TLS has taken. */
void wwep_tls_free(wwep_tls *tls);

#ifdef __cplusplus
}
#endif

#endif

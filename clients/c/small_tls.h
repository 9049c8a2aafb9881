/* small_tls.h: the TLS door of a small server, by OpenSSL. Exercises 05 and 07. */
#ifndef SMALL_TLS_H
#define SMALL_TLS_H

#include "small_server.h"

/* Loads a certificate with its chain, and the key, from PEM files. Ends the program when it cannot. */
door tls_door(uint16_t port, const char *cert, const char *key);

void tls_door_free(door *tls);

#endif

/*
 * wwep_bsd.h: TCP by BSD sockets: Linux, macOS, the BSDs, and lwIP (define WWEP_LWIP), which has the same calls.
 */
#ifndef WWEP_BSD_H
#define WWEP_BSD_H

#include "wwep.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One connection at a time. */
typedef struct wwep_bsd {
  int fd;
} wwep_bsd;

/*
 * Returns the transport; `socket` has to live as long. Looking up a name takes as long as the system's resolver does, which
 * has times of its own: a board that must not wait gives an address.
 */
wwep_transport wwep_bsd_transport(wwep_bsd *socket);

#ifdef __cplusplus
}
#endif

#endif

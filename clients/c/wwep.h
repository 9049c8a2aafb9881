/*
 * wwep.h: a client for WWEP, the WICED Wi-Fi Example Protocol, for boards.
 *
 *   wwep_bsd socket;
 *   wwep_transport tcp = wwep_bsd_transport(&socket);
 *   wwep_server server = {&tcp, "192.168.1.5", WWEP_PORT};
 *   wwep_result result = wwep_write(&server, 0x0FAC, 0x0B, 0x1234);
 *   if (result != WWEP_OK) puts(wwep_strerror(result));
 *
 * C99. It allocates nothing, and has no sockets, files or clock of its own: a wwep_transport is all that it knows of the
 * board. wwep_bsd.h is one for sockets as POSIX and lwIP have them, wwep_tls.h one that puts TLS on top of another.
 *
 * Each message has a connection of its own, as the lecture's boards do it. A server and its transport belong to one thread.
 */
#ifndef WWEP_H
#define WWEP_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define WWEP_PORT 27708u
#define WWEP_TLS_PORT 40508u

/*
 * How long a board waits, in milliseconds; the compiler's options may say otherwise (-DWWEP_REPLY_MS=2000u for a server far
 * away). A TLS handshake of a board without crypto hardware takes 6 to 15 s.
 */
#ifndef WWEP_CONNECT_MS
#define WWEP_CONNECT_MS 2000u
#endif
#ifndef WWEP_REPLY_MS
#define WWEP_REPLY_MS 500u
#endif
#ifndef WWEP_HANDSHAKE_MS
#define WWEP_HANDSHAKE_MS 30000u
#endif

#define WWEP_READ_BYTES 7
#define WWEP_WRITE_BYTES 11
#define WWEP_REPLY_BYTES 11

/* The longest message as a C string: 11 characters and the NUL, which is never sent. */
#define WWEP_TEXT_SIZE 12

/* What became of a message. wwep_strerror has a sentence for each. */
typedef enum wwep_result {
  WWEP_OK = 0,
  WWEP_X,            /* the server said X */
  WWEP_NO_REPLY,     /* not one byte in time */
  WWEP_SLOW_REPLY,   /* the first bytes of a reply, and not the others in time */
  WWEP_CLOSED,       /* the server closed and said nothing */
  WWEP_CUT_REPLY,    /* the server closed in the middle of a reply */
  WWEP_LOST,         /* the connection broke */
  WWEP_NOT_WWEP,     /* what came back begins with neither A nor X, or has other characters than hex digits */
  WWEP_OTHER_REPLY,  /* an A, but for another register, or with another value than was written */
  WWEP_NO_HOST,      /* the name has no address */
  WWEP_REFUSED,      /* nothing listens on that port */
  WWEP_UNREACHABLE,  /* no way there, or no connection in time */
  WWEP_NO_SOCKET,    /* this device has no socket left */
  WWEP_NO_TLS,       /* the handshake came to nothing */
  WWEP_SLOW_TLS,     /* the handshake took too long */
  WWEP_TLS_ALERT,    /* the server ended TLS with an alert */
  WWEP_TLS_SETUP,    /* TLS could not be set up on this device */
  WWEP_NO_ROOT,      /* nobody said whom to trust */
  WWEP_BAD_ROOT,     /* the root certificate cannot be read */
  WWEP_BAD_IDENTITY, /* this device's own certificate or key cannot be read, or they are no pair */
  WWEP_UNKNOWN_CA,   /* not trusted: signed by somebody else */
  WWEP_WRONG_NAME,   /* not trusted: for another name */
  WWEP_EXPIRED,      /* not trusted: its time is over */
  WWEP_NOT_YET,      /* not trusted: its time has not come */
  WWEP_NOT_TRUSTED   /* not trusted: for another reason, as a weak key or hash */
} wwep_result;

/* Returns what a result means and what to do about it: one sentence in English, without a full stop. Never NULL. */
const char *wwep_strerror(wwep_result result);

/* Whether the server's certificate was not accepted. */
int wwep_is_not_trusted(wwep_result result);

/*
 * The way to a server: what a port to another board has to bring. Every function gets `context` as its first argument.
 * None waits longer than its time, in milliseconds.
 */
typedef struct wwep_transport {
  void *context;

  /* Opens a connection to a name or an address. */
  wwep_result (*connect)(void *context, const char *host, uint16_t port, uint32_t timeout_ms);

  /*
   * Sends all bytes, now. Where the network's API collects them (a stream of WICED, a FILE), this has to flush: forgotten,
   * the server sees a connection and not one byte.
   */
  wwep_result (*send)(void *context, const void *bytes, size_t length, uint32_t timeout_ms);

  /*
   * Waits for the next bytes and gives what there is, 1 to `capacity` of them: whoever calls it must not expect a whole
   * message. WWEP_NO_REPLY when none came in time, WWEP_CLOSED when the server has closed.
   */
  wwep_result (*receive)(void *context, void *bytes, size_t capacity, size_t *length, uint32_t timeout_ms);

  /* Ends what connect has begun, whether or not it succeeded. */
  void (*close)(void *context);

  /* A clock that counts milliseconds from anywhere, and may run over. */
  uint32_t (*now_ms)(void *context);
} wwep_transport;

/* A server, and how to get there. What it points at has to live as long as it does. */
typedef struct wwep_server {
  const wwep_transport *transport;
  const char *host; /* a name or an address */
  uint16_t port;
} wwep_server;

/* What came back: up to 11 bytes, with a NUL behind them. */
typedef struct wwep_reply {
  char text[WWEP_TEXT_SIZE];
  size_t length;
} wwep_reply;

/* Returns the device ID of the lecture: the 16-bit sum of the six octets of a MAC address, 0 to 1530. */
uint16_t wwep_device_id(const uint8_t mac[6]);

/*
 * Write a message as a C string: "W0FAC0B1234", "R0FAC0B". To send it by other means, send strlen(text) bytes of it.
 * sizeof(text) is one more: the NUL would go with it, and the server says X.
 */
void wwep_format_write(char text[WWEP_TEXT_SIZE], uint16_t device, uint8_t reg, uint16_t value);
void wwep_format_read(char text[WWEP_TEXT_SIZE], uint16_t device, uint8_t reg);

/* Takes an accepted reply apart: WWEP_OK when it is an A for this register, with its value. */
wwep_result wwep_parse_reply(const wwep_reply *reply, uint16_t device, uint8_t reg, uint16_t *value);

/* Writes a register. WWEP_OK means that the server has stored this value. */
wwep_result wwep_write(const wwep_server *server, uint16_t device, uint8_t reg, uint16_t value);

/* Reads a register. WWEP_X most often means that nobody has written it yet. */
wwep_result wwep_read(const wwep_server *server, uint16_t device, uint8_t reg, uint16_t *value);

/*
 * Sends any bytes on a connection of their own, and collects the reply: until 11 bytes are there, or an X, or the time is
 * up, or the server closes. WWEP_OK: 11 bytes that begin with an A. `reply` has what came, whatever is returned.
 */
wwep_result wwep_exchange(const wwep_server *server, const void *request, size_t length, wwep_reply *reply);

#ifdef __cplusplus
}
#endif

#endif

/*
 * small_server.h: a server that handles one connection at a time, and one message on each. Exercises 04, 05 and 07. POSIX.
 */
#ifndef SMALL_SERVER_H
#define SMALL_SERVER_H

#include <stddef.h>
#include <stdint.h>

/* How long it waits, in milliseconds; all others wait meanwhile. */
#define FIRST_BYTE_MS 2000
#define FRAME_MS 150 /* within a message; its sender waits 500 ms for the reply */
#define MESSAGE_MS 3000
#define HANDSHAKE_MS 15000
#define DRAIN_MS 250

/* What a read or write returns beside the number of bytes. */
enum { CONNECTION_ENDED = 0, CONNECTION_SILENT = -1, CONNECTION_BROKEN = -2 };

typedef struct door door;

/* A connection that was accepted; the socket never blocks. */
typedef struct connection {
  const door *through;
  int fd;
  void *tls; /* of a TLS door */
} connection;

/* A port, and how bytes pass it. `read` and `write` return a number of bytes, or one of CONNECTION_... */
struct door {
  const char *name;
  uint16_t port; /* 0: any; server_run puts the one that it got here */
  int listener;
  void *secrets; /* of a TLS door */
  int (*open)(connection *it);
  int (*read)(connection *it, char *bytes, size_t capacity, long long deadline_ms);
  int (*write)(connection *it, const char *bytes, size_t length, long long deadline_ms);
  void (*close)(connection *it); /* says goodbye; the socket is closed behind it */
};

/* Returns the door of the plain protocol. */
door plain_door(uint16_t port);

/*
 * Listens at all doors, prints their ports and what comes, and serves until SIGINT, SIGTERM, or the end of standard input where
 * that is a pipe. Returns the exit code.
 */
int server_run(const char *address, door *doors, size_t count);

/* Milliseconds from anywhere. */
long long server_now_ms(void);

/* Waits until a socket can be read, or written; returns whether it can before the deadline. */
int server_wait(int fd, int to_write, long long deadline_ms);

/* The options: "--host", "--port", "--tls-port", "--cert", "--key"; those that a server does not have are NULL. */
typedef struct server_options {
  const char *host;
  uint16_t *port;
  uint16_t *tls_port;
  const char **cert;
  const char **key;
} server_options;

/* Reads the options; ends the program when they are wrong. */
void server_start(int argc, char **argv, server_options *options);

#endif

/*
 * What a board does, without the board: one connection, one message, one reply.
 *
 *   board_X HOST PORT plain|tls CAFILE|- MESSAGE
 *
 * Connects (2 s), shakes hands if it is to be TLS, sends MESSAGE in one write, and reads until 11
 * bytes are there, 500 ms are over, or the server closes. CAFILE holds the roots in PEM that the
 * server is checked against, together with its name; - checks nothing. In MESSAGE, \xNN is the byte
 * NN and \\ is a backslash.
 *
 * In the environment, BOARD_CERT and BOARD_KEY name the files, PEM, of the board's own certificate.
 *
 * Prints "got BYTES in N ms: complete|timeout|closed|failed", where failed is a reset, or TLS that
 * ended without a close_notify. Ends with 0 for a complete reply, 1 for less, 2 for wrong arguments,
 * 3 when there is no connection or no handshake (then with the reason on stderr).
 *
 * This file holds main and everything but TLS; board_openssl.c, board_mbedtls.c and board_wolfssl.c
 * add that.
 */
#ifndef BOARD_H
#define BOARD_H

#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#define CONNECT_MS 2000
#define HANDSHAKE_MS 15000
#define REPLY_MS 500
#define REPLY_BYTES 11
#define MESSAGE_BYTES_MAX 4096

enum { EXIT_COMPLETE = 0, EXIT_SHORT = 1, EXIT_USAGE = 2, EXIT_NO_CONNECTION = 3 };

/* Results of tls_read and plain_read beside a number of bytes. */
enum { READ_CLOSED = 0, READ_TIMEOUT = -1, READ_FAILED = -2 };

/* ---- to be defined by the file that includes this one ---- */

/* Shakes hands on a connected socket; ca_file is NULL to check nothing. Returns 0, or -1 after it
   has printed the reason. */
static int tls_open(int fd, const char *host, const char *ca_file);

/* Sends all bytes in one record; returns 0 or -1. */
static int tls_write(const unsigned char *bytes, size_t length);

/* Reads what is there, waiting until the deadline; returns a number of bytes or READ_. */
static int tls_read(unsigned char *bytes, size_t length, long long deadline_ms);

/* Says goodbye and frees everything but the socket. */
static void tls_close(void);

/* ---- time ---- */

static long long now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Waits for events on a socket; returns whether they came before the deadline. */
static int wait_for(int fd, short events, long long deadline_ms) {
  for (;;) {
    long long left = deadline_ms - now_ms();
    struct pollfd wanted = {.fd = fd, .events = events, .revents = 0};
    int ready = poll(&wanted, 1, left > 0 ? (int)left : 0);
    if (ready > 0) return 1;
    if (ready == 0 || errno != EINTR) return 0;
  }
}

/* ---- TCP ---- */

static int connect_address(const struct addrinfo *address, long long deadline_ms) {
  int fd = socket(address->ai_family, address->ai_socktype, address->ai_protocol);
  if (fd < 0) return -1;
  int flags = fcntl(fd, F_GETFL, 0);
  fcntl(fd, F_SETFL, flags | O_NONBLOCK);
  int error = 0;
  socklen_t size = sizeof error;
  if (connect(fd, address->ai_addr, address->ai_addrlen) != 0) {
    if (errno != EINPROGRESS) {
      error = errno;
    } else if (!wait_for(fd, POLLOUT, deadline_ms)) {
      error = ETIMEDOUT;
    } else {
      getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    }
  }
  if (error != 0) {
    close(fd);
    errno = error;
    return -1;
  }
  int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

/* Returns a connected socket that does not block, or -1 after it has printed the reason. */
static int connect_to(const char *host, const char *port) {
  struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
  struct addrinfo *addresses = NULL;
  int unknown = getaddrinfo(host, port, &hints, &addresses);
  if (unknown != 0) {
    fprintf(stderr, "no address for %s: %s\n", host, gai_strerror(unknown));
    return -1;
  }
  long long deadline_ms = now_ms() + CONNECT_MS;
  int fd = -1;
  for (struct addrinfo *each = addresses; each != NULL && fd < 0; each = each->ai_next) {
    fd = connect_address(each, deadline_ms);
  }
  if (fd < 0) fprintf(stderr, "no connection to %s port %s: %s\n", host, port, strerror(errno));
  freeaddrinfo(addresses);
  return fd;
}

static int plain_write(int fd, const unsigned char *bytes, size_t length) {
  return send(fd, bytes, length, 0) == (ssize_t)length ? 0 : -1;
}

static int plain_read(int fd, unsigned char *bytes, size_t length, long long deadline_ms) {
  if (!wait_for(fd, POLLIN, deadline_ms)) return READ_TIMEOUT;
  ssize_t count = recv(fd, bytes, length, 0);
  return count < 0 ? READ_FAILED : (int)count;
}

/* ---- the message and the reply ---- */

static int hex_value(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  return -1;
}

/* Returns the number of bytes that text stands for, or -1 for an unknown escape or too many. */
static int parse_message(const char *text, unsigned char *bytes) {
  int count = 0;
  while (*text != '\0') {
    if (count == MESSAGE_BYTES_MAX) return -1;
    if (*text != '\\') {
      bytes[count++] = (unsigned char)*text++;
    } else if (text[1] == '\\') {
      bytes[count++] = '\\';
      text += 2;
    } else {
      if (text[1] != 'x' || hex_value(text[2]) < 0 || hex_value(text[3]) < 0) return -1;
      bytes[count++] = (unsigned char)(hex_value(text[2]) * 16 + hex_value(text[3]));
      text += 4;
    }
  }
  return count;
}

static void print_bytes(const unsigned char *bytes, int count) {
  for (int i = 0; i < count; i++) {
    if (bytes[i] >= ' ' && bytes[i] < 0x7F && bytes[i] != '\\') {
      putchar(bytes[i]);
    } else {
      printf("\\x%02X", bytes[i]);
    }
  }
}

/* Sends the message and reads the reply; returns the exit code. */
static int converse(int fd, int tls, const unsigned char *message, int length) {
  long long start_ms = now_ms();
  int sent = tls ? tls_write(message, (size_t)length) : plain_write(fd, message, (size_t)length);
  unsigned char reply[REPLY_BYTES];
  int count = 0;
  int last = sent == 0 ? 1 : READ_FAILED;
  while (count < REPLY_BYTES && last > 0) {
    size_t room = (size_t)(REPLY_BYTES - count);
    long long deadline_ms = start_ms + REPLY_MS;
    last = tls ? tls_read(reply + count, room, deadline_ms)
               : plain_read(fd, reply + count, room, deadline_ms);
    if (last > 0) count += last;
  }
  printf("got ");
  print_bytes(reply, count);
  printf("%sin %lld ms: %s\n", count > 0 ? " " : "", now_ms() - start_ms,
         count == REPLY_BYTES   ? "complete"
         : last == READ_TIMEOUT ? "timeout"
         : last == READ_CLOSED  ? "closed"
                                : "failed");
  return count == REPLY_BYTES ? EXIT_COMPLETE : EXIT_SHORT;
}

int main(int argc, char **argv) {
  unsigned char message[MESSAGE_BYTES_MAX];
  int length = argc == 6 ? parse_message(argv[5], message) : -1;
  int tls = argc == 6 && strcmp(argv[3], "tls") == 0;
  if (length < 0 || (!tls && strcmp(argv[3], "plain") != 0)) {
    fprintf(stderr, "usage: %s HOST PORT plain|tls CAFILE|- MESSAGE (\\xNN for any byte)\n",
            argc > 0 ? argv[0] : "board");
    return EXIT_USAGE;
  }
  signal(SIGPIPE, SIG_IGN); /* a server that has closed is a result, no reason to die */
  int fd = connect_to(argv[1], argv[2]);
  if (fd < 0) return EXIT_NO_CONNECTION;
  const char *ca_file = strcmp(argv[4], "-") == 0 ? NULL : argv[4];
  int code = EXIT_NO_CONNECTION;
  if (!tls || tls_open(fd, argv[1], ca_file) == 0) {
    code = converse(fd, tls, message, length);
  }
  if (tls) tls_close();
  close(fd);
  return code;
}

#endif

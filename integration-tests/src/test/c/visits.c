/*
 * A board that comes again and again, and tells how long it waited each time: it connects, sends
 * one write, reads its reply of 11 bytes, and closes. As a program of its own, in C, it measures the
 * server and hardly itself.
 *
 *   visits FROM PORT plain|tls DEVICE EVERY_MS WARM_UP
 *
 * Connects from the address FROM to 127.0.0.1. Writes 0000, 0001 and so on to register 0B of DEVICE
 * (4 hexadecimal digits): WARM_UP times one after another, then says "warm" and waits for a line of
 * input; from then on it comes each EVERY_MS and prints a line each time: "US" for the microseconds
 * from connecting to the last byte of the reply, or "US: REASON" where it was not the right one,
 * which it tells of the warm-up too. TLS sessions are resumed; the server's certificate is not
 * checked, as a test may change it. Ends with the end of its input; 2 for wrong arguments.
 *
 *   cc -std=gnu99 -Wall -Wextra -o visits visits.c -lssl -lcrypto
 */
#define _GNU_SOURCE

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define MESSAGE_BYTES 11
#define TIMEOUT_S 5

/* How a visit went. */
struct visit {
  char reply[MESSAGE_BYTES + 1];
  long long done_us;  /* when the last byte was there; 0 when it never was */
  const char *failed; /* the step that failed, or NULL */
  char reason[256];
};

static struct sockaddr_in from, to;
static SSL_CTX *tls; /* NULL on the plain port */
static SSL_SESSION *last_session;

static long long now_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (long long)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* The newest is kept for the next visit; 1 tells OpenSSL that it is ours to free. */
static int keep_session(SSL *connection, SSL_SESSION *session) {
  (void)connection;
  SSL_SESSION_free(last_session);
  last_session = session;
  return 1;
}

/* Returns a connected socket whose calls end after TIMEOUT_S, or -1. */
static int connect_from(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0) return -1;
  struct timeval timeout = {.tv_sec = TIMEOUT_S};
  int on = 1;
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
  setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (bind(fd, (struct sockaddr *)&from, sizeof from) == 0 &&
      connect(fd, (struct sockaddr *)&to, sizeof to) == 0) {
    return fd;
  }
  int reason = errno;
  close(fd);
  errno = reason;
  return -1;
}

static void fail(struct visit *visit, const char *step) {
  unsigned long error = ERR_peek_last_error();
  visit->failed = step;
  if (error != 0) {
    ERR_error_string_n(error, visit->reason, sizeof visit->reason);
  } else {
    snprintf(visit->reason, sizeof visit->reason, "%s",
             errno != 0 ? strerror(errno) : "closed by the server");
  }
}

static int send_message(int fd, SSL *connection, const char *message) {
  errno = 0;
  return connection != NULL ? SSL_write(connection, message, MESSAGE_BYTES)
                            : (int)send(fd, message, MESSAGE_BYTES, MSG_NOSIGNAL);
}

static int receive(int fd, SSL *connection, char *bytes, int room) {
  errno = 0;
  return connection != NULL ? SSL_read(connection, bytes, room)
                            : (int)recv(fd, bytes, (size_t)room, 0);
}

/* Sends the message and reads its reply. */
static void exchange(int fd, SSL *connection, const char *message, struct visit *visit) {
  errno = 0;
  if (connection != NULL && SSL_connect(connection) != 1) {
    fail(visit, "no handshake");
    return;
  }
  if (send_message(fd, connection, message) != MESSAGE_BYTES) {
    fail(visit, "could not send");
    return;
  }
  for (int count = 0; count < MESSAGE_BYTES;) {
    int read = receive(fd, connection, visit->reply + count, MESSAGE_BYTES - count);
    if (read <= 0) {
      fail(visit, "no whole reply");
      return;
    }
    count += read;
  }
  visit->done_us = now_us();
}

/* Returns a TLS connection over the socket that resumes the last session, or NULL. */
static SSL *secure(int fd) {
  SSL *connection = SSL_new(tls);
  if (connection == NULL || SSL_set_fd(connection, fd) != 1) {
    SSL_free(connection);
    return NULL;
  }
  if (last_session != NULL) SSL_set_session(connection, last_session);
  return connection;
}

static void pay(const char *message, struct visit *visit) {
  memset(visit, 0, sizeof *visit);
  ERR_clear_error();
  int fd = connect_from();
  if (fd < 0) {
    fail(visit, "no connection");
    return;
  }
  SSL *connection = tls != NULL ? secure(fd) : NULL;
  if (tls != NULL && connection == NULL) {
    fail(visit, "no TLS connection");
  } else {
    exchange(fd, connection, message, visit);
  }
  if (connection != NULL && visit->failed == NULL) SSL_shutdown(connection);
  SSL_free(connection);
  close(fd);
}

static void visit_and_tell(const char *device, unsigned number, int measured) {
  char message[MESSAGE_BYTES + 1];
  snprintf(message, sizeof message, "W%.4s0B%04X", device, number & 0xFFFF);
  struct visit visit;
  long long start = now_us();
  pay(message, &visit);
  long long took = (visit.done_us != 0 ? visit.done_us : now_us()) - start;
  if (visit.failed != NULL) {
    printf("%lld: %s: %s, %s; got '%s'\n", took, message, visit.failed, visit.reason, visit.reply);
  } else if (visit.reply[0] != 'A' || strcmp(visit.reply + 1, message + 1) != 0) {
    printf("%lld: %s: got '%s'\n", took, message, visit.reply);
  } else if (measured) {
    printf("%lld\n", took);
  }
}

/* Waits for a moment; returns whether the input has ended before it. */
static int is_over(long long due) {
  long long left = due - now_us();
  struct timespec wait = {.tv_sec = left > 0 ? left / 1000000 : 0,
                          .tv_nsec = left > 0 ? left % 1000000 * 1000 : 0};
  struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
  return ppoll(&input, 1, &wait, NULL) > 0;
}

static int prepare(char **argv) {
  from.sin_family = to.sin_family = AF_INET;
  to.sin_port = htons((unsigned short)atoi(argv[2]));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int is_tls = strcmp(argv[3], "tls") == 0;
  if (inet_pton(AF_INET, argv[1], &from.sin_addr) != 1 || strlen(argv[4]) != 4 ||
      (!is_tls && strcmp(argv[3], "plain") != 0)) {
    return 0;
  }
  if (!is_tls) return 1;
  tls = SSL_CTX_new(TLS_client_method());
  if (tls == NULL) return 0;
  SSL_CTX_set_session_cache_mode(tls, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_sess_set_new_cb(tls, keep_session);
  return 1;
}

int main(int argc, char **argv) {
  if (argc != 7 || !prepare(argv)) {
    fprintf(stderr, "usage: visits FROM PORT plain|tls DEVICE EVERY_MS WARM_UP\n");
    return 2;
  }
  signal(SIGPIPE, SIG_IGN); /* OpenSSL writes without MSG_NOSIGNAL */
  setvbuf(stdout, NULL, _IOLBF, 0);
  long long every = atoll(argv[5]) * 1000;
  unsigned warm_up = (unsigned)atoi(argv[6]);
  unsigned number = 0;
  while (number < warm_up) visit_and_tell(argv[4], number++, 0);
  printf("warm\n");
  char line[8];
  if (fgets(line, sizeof line, stdin) == NULL) return 0;
  for (long long due = now_us(); !is_over(due);) {
    visit_and_tell(argv[4], number++, 1);
    due += every;
    if (due < now_us() - every) due = now_us() - every;
  }
  return 0;
}

/* A server that handles one connection at a time. */
#define _POSIX_C_SOURCE 200809L
#include "small_server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "registers.h"

/* Longer than any message, so that one that is too long is seen to be so. */
#define BUFFER_BYTES 64
#define DOORS_MAX 2

/* A signal that comes just before a wait is seen this much later. */
#define LOOK_MS 200

static volatile sig_atomic_t stopping;

static void stop(int number) {
  (void)number;
  stopping = 1;
}

long long server_now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int server_wait(int fd, int to_write, long long deadline_ms) {
  for (;;) {
    long long left = deadline_ms - server_now_ms();
    struct pollfd wanted = {fd, to_write ? POLLOUT : POLLIN, 0};
    if (left < 0) left = 0;
    int ready = poll(&wanted, 1, left > LOOK_MS ? LOOK_MS : (int)left);
    if (ready > 0) return 1;
    if (stopping || (ready < 0 && errno != EINTR) || left == 0) return 0;
  }
}

/* ---- the plain door */

static int is_pending(void) {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

static int plain_open(connection *it) {
  (void)it;
  return 1;
}

static int plain_read(connection *it, char *bytes, size_t capacity, long long deadline_ms) {
  for (;;) {
    ssize_t got = recv(it->fd, bytes, capacity, 0);
    if (got >= 0) return (int)got;
    if (!is_pending()) return CONNECTION_BROKEN;
    if (!server_wait(it->fd, 0, deadline_ms)) return CONNECTION_SILENT;
  }
}

static int plain_write(connection *it, const char *bytes, size_t length, long long deadline_ms) {
  for (size_t sent = 0; sent < length;) {
    ssize_t part = send(it->fd, bytes + sent, length - sent, 0);
    if (part > 0) {
      sent += (size_t)part;
    } else if (!is_pending()) {
      return CONNECTION_BROKEN;
    } else if (!server_wait(it->fd, 1, deadline_ms)) {
      return CONNECTION_SILENT;
    }
  }
  return (int)length;
}

static void plain_close(connection *it) {
  (void)it;
}

door plain_door(uint16_t port) {
  door plain = {"plain", port, -1, NULL, plain_open, plain_read, plain_write, plain_close};
  return plain;
}

/* ---- one connection */

static int is_line_end(char c) {
  return c == '\n' || c == '\r';
}

/*
 * Collects a message. TCP is a stream: it may come in one piece or in eleven, so it is over when it is complete, when it can
 * be none any more, or when no more of it comes. Returns how many bytes came; `frame` says how many of them are the message.
 */
static size_t collect(connection *it, char *bytes, size_t *frame) {
  long long last_ms = server_now_ms() + MESSAGE_MS;
  size_t length = 0;
  *frame = 0;
  while (*frame == 0 && length < BUFFER_BYTES) {
    long long deadline_ms = server_now_ms() + (length == 0 ? FIRST_BYTE_MS : FRAME_MS);
    int got = it->through->read(it, bytes + length, BUFFER_BYTES - length, deadline_ms < last_ms ? deadline_ms : last_ms);
    if (got <= 0) break;
    length += (size_t)got;
    while (length > 0 && is_line_end(bytes[0])) memmove(bytes, bytes + 1, --length);
    *frame = registers_frame(bytes, length);
  }
  if (*frame == 0) *frame = length; /* it stopped in the middle */
  return length;
}

/* Prints what came and what was answered, as the class server's console does. */
static void tell(const connection *it, const char *bytes, size_t length, const char *reply, size_t reply_length) {
  printf("%-5s  ", it->through->name);
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)bytes[i];
    if (c > ' ' && c < 0x7F && c != '\\') printf("%c", c);
    else printf("\\x%02X", c);
  }
  printf("  %.*s\n", (int)reply_length, reply);
}

static void serve(connection *it, registers *all) {
  char bytes[BUFFER_BYTES], reply[REPLY_BYTES];
  size_t frame;
  if (!it->through->open(it)) return;
  size_t length = collect(it, bytes, &frame);
  if (length > 0) {
    size_t reply_length = registers_answer(all, bytes, frame, reply);
    it->through->write(it, reply, reply_length, server_now_ms() + MESSAGE_MS);
    tell(it, bytes, frame, reply, reply_length);
  }
}

/*
 * Ends a connection so that the reply arrives: closed while something is unread, the network would tell the board that the
 * connection broke.
 */
static void finish(connection *it) {
  char rest[1024];
  long long deadline_ms = server_now_ms() + DRAIN_MS;
  it->through->close(it);
  shutdown(it->fd, SHUT_WR);
  while (server_now_ms() < deadline_ms && plain_read(it, rest, sizeof rest, deadline_ms) > 0) continue;
  close(it->fd);
}

/* ---- all of them, one after the other */

static int never_block(int fd) {
  return fcntl(fd, F_SETFL, fcntl(fd, F_GETFL, 0) | O_NONBLOCK) == 0;
}

static int listen_at(const char *address, door *at) {
  int on = 1;
  struct sockaddr_in where;
  socklen_t length = sizeof where;
  memset(&where, 0, sizeof where);
  where.sin_family = AF_INET;
  where.sin_port = htons(at->port);
  at->listener = socket(AF_INET, SOCK_STREAM, 0);
  if (at->listener < 0 || inet_pton(AF_INET, address, &where.sin_addr) != 1) return 0;
  setsockopt(at->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(at->listener, (struct sockaddr *)&where, sizeof where) != 0 || listen(at->listener, SOMAXCONN) != 0) return 0;
  if (getsockname(at->listener, (struct sockaddr *)&where, &length) != 0) return 0;
  at->port = ntohs(where.sin_port);
  return never_block(at->listener);
}

static void accept_one(const door *at, registers *all) {
  connection it = {at, accept(at->listener, NULL, NULL), NULL};
  if (it.fd < 0) return; /* it has gone again */
  if (never_block(it.fd)) serve(&it, all);
  finish(&it);
}

/* A test holds a pipe and closes it; a terminal, or /dev/null, says nothing about when to end. */
static int is_pipe(int fd) {
  struct stat what;
  return fstat(fd, &what) == 0 && (S_ISFIFO(what.st_mode) || S_ISSOCK(what.st_mode));
}

static int has_ended(int fd) {
  char unused[64];
  ssize_t got = read(fd, unused, sizeof unused);
  return got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN);
}

static void serve_all(const door *doors, size_t count, registers *all) {
  struct pollfd wanted[DOORS_MAX + 1];
  for (size_t i = 0; i < count; i++) wanted[i] = (struct pollfd){doors[i].listener, POLLIN, 0};
  wanted[count] = (struct pollfd){is_pipe(STDIN_FILENO) ? STDIN_FILENO : -1, POLLIN, 0};
  while (!stopping) {
    if (poll(wanted, count + 1, LOOK_MS) <= 0) continue;
    for (size_t i = 0; i < count && !stopping; i++) {
      if (wanted[i].revents != 0) accept_one(&doors[i], all);
    }
    if (wanted[count].revents != 0 && has_ended(STDIN_FILENO)) return;
  }
}

int server_run(const char *address, door *doors, size_t count) {
  registers all = {NULL, 0};
  setvbuf(stdout, NULL, _IOLBF, 0);
  signal(SIGPIPE, SIG_IGN);
  signal(SIGINT, stop);
  signal(SIGTERM, stop);
  for (size_t i = 0; i < count && i < DOORS_MAX; i++) {
    if (!listen_at(address, &doors[i])) {
      fprintf(stderr, "port %u of %s cannot be opened: is another server on it, and is the address one of this machine?\n",
              doors[i].port, address);
      return 2;
    }
    printf("%-5s  port %u on %s, one connection at a time\n", doors[i].name, doors[i].port, address);
  }
  serve_all(doors, count, &all);
  for (size_t i = 0; i < count; i++) close(doors[i].listener);
  registers_free(&all);
  return 0;
}

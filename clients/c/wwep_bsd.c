/* TCP by BSD sockets. They never block: select waits, since it is what POSIX and lwIP both have. */
#ifdef WWEP_LWIP
#include "lwip/opt.h"

#include "lwip/netdb.h"
#include "lwip/sockets.h"
#include "lwip/sys.h"
#else
#define _POSIX_C_SOURCE 200112L
#define _DARWIN_C_SOURCE /* macOS: SO_NOSIGPIPE */
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#endif

#include <errno.h>
#include <string.h>

#include "wwep_bsd.h"

/* A server that has closed must end a send with an error, and not this program with a signal. */
#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

static uint32_t now_ms(void *context) {
  (void)context;
#ifdef WWEP_LWIP
  return sys_now();
#else
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint32_t)now.tv_sec * 1000u + (uint32_t)(now.tv_nsec / 1000000);
#endif
}

static uint32_t left_ms(uint32_t start_ms, uint32_t timeout_ms) {
  uint32_t spent_ms = now_ms(NULL) - start_ms;
  return spent_ms < timeout_ms ? timeout_ms - spent_ms : 0;
}

/* Waits until the socket can be read, or written; returns whether it can. */
static int wait_for(int fd, int to_write, uint32_t timeout_ms) {
  uint32_t start_ms = now_ms(NULL);
  for (;;) {
    fd_set wanted;
    FD_ZERO(&wanted);
    FD_SET(fd, &wanted);
    uint32_t left = left_ms(start_ms, timeout_ms);
    struct timeval time = {(long)(left / 1000u), (long)(left % 1000u) * 1000};
    int ready = select(fd + 1, to_write ? NULL : &wanted, to_write ? &wanted : NULL, NULL, &time);
    if (ready > 0) return 1;
    if (ready == 0 || errno != EINTR) return 0; /* a signal must not end the wait */
  }
}

static int is_pending(int error) {
  return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

static wwep_result why_not_connected(int error) {
  if (error == ECONNREFUSED || error == ECONNRESET) return WWEP_REFUSED; /* lwIP says that it was reset */
  return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM ? WWEP_NO_SOCKET : WWEP_UNREACHABLE;
}

static int set_up(int fd) {
  int on = 1;
#ifdef SO_NOSIGPIPE
  setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
  /* A message is sent at once, and not held back until the one before is acknowledged. */
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
#ifndef WWEP_LWIP
  if (fd >= FD_SETSIZE) return 0; /* select could not wait for it */
#endif
  return fcntl(fd, F_SETFL, fcntl(fd, F_GETFL, 0) | O_NONBLOCK) == 0;
}

static wwep_result connect_to(wwep_bsd *socket_, const struct addrinfo *to, uint32_t timeout_ms) {
  socket_->fd = socket(to->ai_family, to->ai_socktype, to->ai_protocol);
  if (socket_->fd < 0) return why_not_connected(errno);
  if (!set_up(socket_->fd)) return WWEP_NO_SOCKET;
  if (connect(socket_->fd, to->ai_addr, to->ai_addrlen) == 0) return WWEP_OK;
  if (errno != EINPROGRESS) return why_not_connected(errno);
  if (!wait_for(socket_->fd, 1, timeout_ms)) return WWEP_UNREACHABLE;
  int error = 0;
  socklen_t length = sizeof error;
  if (getsockopt(socket_->fd, SOL_SOCKET, SO_ERROR, &error, &length) != 0) error = errno;
  return error == 0 ? WWEP_OK : why_not_connected(error);
}

static void bsd_close(void *context) {
  wwep_bsd *socket = context;
  if (socket->fd >= 0) close(socket->fd);
  socket->fd = -1;
}

/* Tries each address of the name; all of them share the time. */
static wwep_result bsd_connect(void *context, const char *host, uint16_t port, uint32_t timeout_ms) {
  wwep_bsd *socket = context;
  struct addrinfo hints, *found = NULL;
  memset(&hints, 0, sizeof hints);
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  if (getaddrinfo(host, NULL, &hints, &found) != 0 || found == NULL) return WWEP_NO_HOST;
  uint32_t start_ms = now_ms(NULL);
  wwep_result result = WWEP_UNREACHABLE;
  for (struct addrinfo *each = found; each != NULL && result != WWEP_OK; each = each->ai_next) {
    uint32_t left = left_ms(start_ms, timeout_ms);
    if (left == 0) break;
    bsd_close(socket);
    if (each->ai_family == AF_INET) ((struct sockaddr_in *)(void *)each->ai_addr)->sin_port = htons(port);
#ifdef AF_INET6
    if (each->ai_family == AF_INET6) ((struct sockaddr_in6 *)(void *)each->ai_addr)->sin6_port = htons(port);
#endif
    result = connect_to(socket, each, left);
  }
  freeaddrinfo(found);
  return result;
}

static wwep_result bsd_send(void *context, const void *bytes, size_t length, uint32_t timeout_ms) {
  wwep_bsd *socket = context;
  const char *next = bytes;
  uint32_t start_ms = now_ms(NULL);
  while (length > 0) {
    long sent = (long)send(socket->fd, next, length, MSG_NOSIGNAL);
    if (sent > 0) {
      next += sent;
      length -= (size_t)sent;
    } else if (!is_pending(errno)) {
      return WWEP_LOST;
    } else if (!wait_for(socket->fd, 1, left_ms(start_ms, timeout_ms))) {
      return WWEP_NO_REPLY;
    }
  }
  return WWEP_OK;
}

static wwep_result bsd_receive(void *context, void *bytes, size_t capacity, size_t *length, uint32_t timeout_ms) {
  wwep_bsd *socket = context;
  uint32_t start_ms = now_ms(NULL);
  for (;;) {
    long got = (long)recv(socket->fd, bytes, capacity, 0);
    if (got > 0) {
      *length = (size_t)got;
      return WWEP_OK;
    }
    if (got == 0) return WWEP_CLOSED;
    if (!is_pending(errno)) return WWEP_LOST;
    if (!wait_for(socket->fd, 0, left_ms(start_ms, timeout_ms))) return WWEP_NO_REPLY;
  }
}

wwep_transport wwep_bsd_transport(wwep_bsd *socket) {
  wwep_transport transport = {socket, bsd_connect, bsd_send, bsd_receive, bsd_close, now_ms};
  socket->fd = -1;
  return transport;
}

/* For LD_PRELOAD: a system that does not know the option TCP_NOTSENT_LOWAT. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <sys/socket.h>

int setsockopt(int socket, int level, int option, const void *value, socklen_t length) {
  static int (*real)(int, int, int, const void *, socklen_t);
  if (level == IPPROTO_TCP && option == TCP_NOTSENT_LOWAT) {
    errno = ENOPROTOOPT;
    return -1;
  }
  if (real == NULL) {
    real = (int (*)(int, int, int, const void *, socklen_t))dlsym(RTLD_NEXT, "setsockopt");
  }
  return real(socket, level, option, value, length);
}

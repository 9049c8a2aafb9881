/*
 * Records what a process does to the files below one directory, in its true order, so that a test can
 * tell what a disk may hold after a power loss. Loaded with LD_PRELOAD on Linux:
 *
 *   POWER_ROOT     the directory, absolute and without links
 *   POWER_TRACE    the file that records are appended to
 *   POWER_KILL_AT  optional: with the Nth fdatasync the process kills itself in place of it
 *   POWER_FAIL     optional: while there is a file of this name, one sync in three is left out and fails; as on
 *                  Linux, the next one fails too through each other descriptor that was open then
 *
 * Each record is a struct entry and its payload; PowerTrace.java reads them. A lock around each call
 * and its record makes the order of the records that of the changes. A sync has a record before and
 * one after it and runs without the lock, because writes go on beside it.
 *
 * Not recorded: what is written through shared mappings. SQLite maps its -shm file alone, which is
 * made anew by who opens the database first. What this library does not know is found by the test
 * that compares a replayed trace with the files.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define FILES_MAX 65536
#define REAL(name) ((__typeof__(&name))real(#name))

enum type {
  OPENED = 1,   /* a file or directory that was there; payload: its path */
  CREATED = 2,  /* payload: the path */
  MADE_DIRECTORY = 3,
  WRITTEN = 4,  /* offset; payload: the bytes */
  RESIZED = 5,  /* offset: the new size */
  REMOVED = 6,  /* payload: the path */
  RENAMED = 7,  /* payload: the old path, a zero byte, the new path */
  SYNCING = 8,  /* offset: the number of the sync */
  SYNCED = 9,   /* as above, when it has succeeded */
  FAILED = 10   /* as above, when it was left out: what was written before may never get to the disk */
};

struct entry {
  uint32_t type;
  uint32_t length; /* of the payload */
  uint64_t file;   /* inode */
  uint64_t offset;
  uint64_t start_nanos; /* CLOCK_MONOTONIC before the call */
  uint64_t end_nanos;   /* and after it */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static char root[PATH_MAX];
static size_t root_length;
static int trace = -1;
static long kill_at;
static uint64_t syncs;
static uint64_t inodes[FILES_MAX]; /* by descriptor; 0 for what is not below the root */
static const char *fail_file;
static char fails_next[FILES_MAX]; /* by descriptor: a sync through another one has failed */

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static void fail(const char *what) {
  fprintf(stderr, "power_trace: %s: %s\n", what, strerror(errno));
  _exit(99);
}

static void begin(void) {
  const char *directory = getenv("POWER_ROOT");
  const char *file = getenv("POWER_TRACE");
  const char *kill_text = getenv("POWER_KILL_AT");
  if (directory == NULL || file == NULL || strlen(directory) >= sizeof root) {
    return;
  }
  strcpy(root, directory);
  fail_file = getenv("POWER_FAIL");
  kill_at = kill_text == NULL ? 0 : atol(kill_text);
  trace = REAL(open)(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (trace < 0) {
    fail(file);
  }
  root_length = strlen(root);
}

static uint64_t nanos(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static uint64_t enter(void) {
  pthread_once(&once, begin);
  pthread_mutex_lock(&lock);
  return nanos();
}

static void leave(void) {
  int saved = errno;
  pthread_mutex_unlock(&lock);
  errno = saved;
}

/* Within the lock. */
static void record(enum type type, uint64_t inode, uint64_t offset, uint64_t start,
                   const struct iovec *payload, int parts, size_t length) {
  int saved = errno;
  struct entry entry = {type, (uint32_t)length, inode, offset, start, nanos()};
  if (REAL(write)(trace, &entry, sizeof entry) != (ssize_t)sizeof entry) {
    fail("cannot write the trace");
  }
  for (int i = 0; i < parts && length > 0; i++) {
    size_t part = payload[i].iov_len < length ? payload[i].iov_len : length;
    if (REAL(write)(trace, payload[i].iov_base, part) != (ssize_t)part) {
      fail("cannot write the trace");
    }
    length -= part;
  }
  errno = saved;
}

static void record_text(enum type type, uint64_t inode, uint64_t start, const char *text,
                        size_t length) {
  struct iovec payload = {(void *)text, length};
  record(type, inode, 0, start, &payload, 1, length);
}

/* Makes a path absolute; returns whether it is the root or below it. */
static int is_ours(int directory, const char *path, char *absolute) {
  pthread_once(&once, begin);
  if (trace < 0 || path == NULL || (path[0] != '/' && directory != AT_FDCWD)) {
    return 0;
  }
  if (path[0] == '/') {
    snprintf(absolute, PATH_MAX, "%s", path);
  } else {
    char here[PATH_MAX];
    if (getcwd(here, sizeof here) == NULL) {
      return 0;
    }
    size_t length = strlen(here);
    if (length + strlen(path) + 2 > PATH_MAX) {
      return 0;
    }
    memcpy(absolute, here, length);
    absolute[length] = '/';
    strcpy(absolute + length + 1, path);
  }
  return strncmp(absolute, root, root_length) == 0 &&
         (absolute[root_length] == '/' || absolute[root_length] == 0);
}

static uint64_t inode_of(int fd) { return fd >= 0 && fd < FILES_MAX ? inodes[fd] : 0; }

static void note(int fd, uint64_t inode) {
  if (fd >= 0 && fd < FILES_MAX) {
    inodes[fd] = inode;
    fails_next[fd] = 0;
  } else if (inode != 0) {
    errno = EMFILE;
    fail("too many files");
  }
}

/* ---- names */

static int open_ours(int directory, const char *path, int flags, mode_t mode, const char *absolute) {
  struct stat before;
  struct stat after;
  uint64_t start = enter();
  int existed = stat(absolute, &before) == 0;
  int fd = REAL(openat)(directory, path, flags, mode);
  if (fd >= 0 && fstat(fd, &after) == 0) {
    note(fd, after.st_ino);
    record_text(existed ? OPENED : CREATED, after.st_ino, start, absolute, strlen(absolute));
    if (existed && (flags & O_TRUNC) != 0 && before.st_size > 0) {
      record(RESIZED, after.st_ino, 0, start, NULL, 0, 0);
    }
  }
  leave();
  return fd;
}

static int open_any(int directory, const char *path, int flags, mode_t mode) {
  char absolute[PATH_MAX];
  if (is_ours(directory, path, absolute)) {
    return open_ours(directory, path, flags, mode, absolute);
  }
  int fd = REAL(openat)(directory, path, flags, mode);
  note(fd, 0);
  return fd;
}

#define MODE(flags)                                          \
  mode_t mode = 0;                                           \
  if (((flags) & (O_CREAT | O_TMPFILE)) != 0) {              \
    va_list rest;                                            \
    va_start(rest, flags);                                   \
    mode = (mode_t)va_arg(rest, int);                        \
    va_end(rest);                                            \
  }

int open(const char *path, int flags, ...) {
  MODE(flags)
  return open_any(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  MODE(flags)
  return open_any(AT_FDCWD, path, flags | O_LARGEFILE, mode);
}

int openat(int directory, const char *path, int flags, ...) {
  MODE(flags)
  return open_any(directory, path, flags, mode);
}

int openat64(int directory, const char *path, int flags, ...) {
  MODE(flags)
  return open_any(directory, path, flags | O_LARGEFILE, mode);
}

int creat(const char *path, mode_t mode) {
  return open_any(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

int creat64(const char *path, mode_t mode) {
  return open_any(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC | O_LARGEFILE, mode);
}

int close(int fd) {
  note(fd, 0);
  return REAL(close)(fd);
}

static int copied(int from, int to) {
  if (to >= 0) {
    note(to, inode_of(from));
  }
  return to;
}

int dup(int fd) { return copied(fd, REAL(dup)(fd)); }

int dup2(int fd, int to) { return copied(fd, REAL(dup2)(fd, to)); }

int dup3(int fd, int to, int flags) { return copied(fd, REAL(dup3)(fd, to, flags)); }

static int remove_any(int directory, const char *path, int flags) {
  char absolute[PATH_MAX];
  if (!is_ours(directory, path, absolute)) {
    return REAL(unlinkat)(directory, path, flags);
  }
  uint64_t start = enter();
  int result = REAL(unlinkat)(directory, path, flags);
  if (result == 0) {
    record_text(REMOVED, 0, start, absolute, strlen(absolute));
  }
  leave();
  return result;
}

int unlink(const char *path) { return remove_any(AT_FDCWD, path, 0); }

int unlinkat(int directory, const char *path, int flags) {
  return remove_any(directory, path, flags);
}

int rmdir(const char *path) { return remove_any(AT_FDCWD, path, AT_REMOVEDIR); }

int rename(const char *from, const char *to) {
  char names[2 * PATH_MAX];
  char target[PATH_MAX];
  if (!is_ours(AT_FDCWD, from, names) || !is_ours(AT_FDCWD, to, target)) {
    return REAL(rename)(from, to);
  }
  size_t length = strlen(names) + 1;
  strcpy(names + length, target);
  uint64_t start = enter();
  int result = REAL(rename)(from, to);
  if (result == 0) {
    record_text(RENAMED, 0, start, names, length + strlen(target));
  }
  leave();
  return result;
}

int mkdir(const char *path, mode_t mode) {
  char absolute[PATH_MAX];
  if (!is_ours(AT_FDCWD, path, absolute)) {
    return REAL(mkdir)(path, mode);
  }
  struct stat made;
  uint64_t start = enter();
  int result = REAL(mkdir)(path, mode);
  if (result == 0 && stat(absolute, &made) == 0) {
    record_text(MADE_DIRECTORY, made.st_ino, start, absolute, strlen(absolute));
  }
  leave();
  return result;
}

/* ---- contents */

#define WRITE_AND_RECORD(fd, call, payload, parts, at)                             \
  uint64_t inode = inode_of(fd);                                                   \
  if (inode == 0) {                                                                \
    return call;                                                                   \
  }                                                                                \
  uint64_t start = enter();                                                        \
  ssize_t written = call;                                                          \
  if (written > 0) {                                                               \
    record(WRITTEN, inode, (uint64_t)(at), start, payload, parts, (size_t)written); \
  }                                                                                \
  leave();                                                                         \
  return written;

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
  struct iovec payload = {(void *)bytes, count};
  WRITE_AND_RECORD(fd, REAL(pwrite)(fd, bytes, count, offset), &payload, 1, offset)
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
  struct iovec payload = {(void *)bytes, count};
  WRITE_AND_RECORD(fd, REAL(pwrite64)(fd, bytes, count, offset), &payload, 1, offset)
}

ssize_t pwritev(int fd, const struct iovec *payload, int parts, off_t offset) {
  WRITE_AND_RECORD(fd, REAL(pwritev)(fd, payload, parts, offset), payload, parts, offset)
}

ssize_t pwritev64(int fd, const struct iovec *payload, int parts, off64_t offset) {
  WRITE_AND_RECORD(fd, REAL(pwritev64)(fd, payload, parts, offset), payload, parts, offset)
}

ssize_t write(int fd, const void *bytes, size_t count) {
  struct iovec payload = {(void *)bytes, count};
  WRITE_AND_RECORD(fd, REAL(write)(fd, bytes, count), &payload, 1, lseek(fd, 0, SEEK_CUR) - written)
}

ssize_t writev(int fd, const struct iovec *payload, int parts) {
  WRITE_AND_RECORD(fd, REAL(writev)(fd, payload, parts), payload, parts,
                   lseek(fd, 0, SEEK_CUR) - written)
}

static int resized(int fd, uint64_t inode, uint64_t start, int result) {
  struct stat now;
  if (result == 0 && fstat(fd, &now) == 0) {
    record(RESIZED, inode, (uint64_t)now.st_size, start, NULL, 0, 0);
  }
  leave();
  return result;
}

#define RESIZE_AND_RECORD(fd, call)    \
  uint64_t inode = inode_of(fd);       \
  if (inode == 0) {                    \
    return call;                       \
  }                                    \
  uint64_t start = enter();            \
  return resized(fd, inode, start, call);

int ftruncate(int fd, off_t size) { RESIZE_AND_RECORD(fd, REAL(ftruncate)(fd, size)) }

int ftruncate64(int fd, off64_t size) { RESIZE_AND_RECORD(fd, REAL(ftruncate64)(fd, size)) }

int fallocate(int fd, int mode, off_t at, off_t size) {
  RESIZE_AND_RECORD(fd, REAL(fallocate)(fd, mode, at, size))
}

int fallocate64(int fd, int mode, off64_t at, off64_t size) {
  RESIZE_AND_RECORD(fd, REAL(fallocate64)(fd, mode, at, size))
}

int posix_fallocate(int fd, off_t at, off_t size) {
  RESIZE_AND_RECORD(fd, REAL(posix_fallocate)(fd, at, size))
}

int posix_fallocate64(int fd, off64_t at, off64_t size) {
  RESIZE_AND_RECORD(fd, REAL(posix_fallocate64)(fd, at, size))
}

/* ---- syncs */

static uint64_t sync_begins(uint64_t inode) {
  uint64_t start = enter();
  uint64_t number = ((uint64_t)getpid() << 32) | ++syncs;
  record(SYNCING, inode, number, start, NULL, 0, 0);
  leave();
  return number;
}

/* Within the lock. */
static int fail_sync(int fd, uint64_t number, uint64_t start) {
  for (int other = 0; other < FILES_MAX; other++) {
    fails_next[other] |= other != fd && inodes[other] == inodes[fd];
  }
  record(FAILED, inodes[fd], number, start, NULL, 0, 0);
  return 1;
}

/* Whether a sync is to fail, which has begun. */
static int fails(int fd, uint64_t number) {
  static unsigned seed = 1;
  if (fail_file == NULL) {
    return 0;
  }
  uint64_t start = enter();
  int failed = fails_next[fd];
  fails_next[fd] = 0;
  if (!failed && access(fail_file, F_OK) == 0 && rand_r(&seed) % 3 == 0) {
    failed = fail_sync(fd, number, start);
  }
  leave();
  errno = EIO;
  return failed;
}

static int sync_ends(uint64_t inode, uint64_t number, int result) {
  if (result == 0) {
    uint64_t start = enter();
    record(SYNCED, inode, number, start, NULL, 0, 0);
    leave();
  }
  return result;
}

int fsync(int fd) {
  uint64_t inode = inode_of(fd);
  if (inode == 0) {
    return REAL(fsync)(fd);
  }
  uint64_t number = sync_begins(inode);
  return fails(fd, number) ? -1 : sync_ends(inode, number, REAL(fsync)(fd));
}

int fdatasync(int fd) {
  static long calls;
  uint64_t inode = inode_of(fd);
  if (inode == 0) {
    return REAL(fdatasync)(fd);
  }
  if (__atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST) == kill_at) {
    kill(getpid(), SIGKILL);
  }
  uint64_t number = sync_begins(inode);
  return fails(fd, number) ? -1 : sync_ends(inode, number, REAL(fdatasync)(fd));
}

/*
 * board.h: the board of the exercises, on a PC: its buttons are keys, its LED is a word, its MAC address an option.
 * On a board the SDK has all this; what the lecture teaches is in the exercises themselves. POSIX.
 */
#ifndef BOARD_H
#define BOARD_H

#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "wwep.h"

/* The register that holds the LED's state: 0000 is off, 0001 is on. */
#define LED_REGISTER 0x05

/* The lecture's example of an illegal packet. */
#define ILLEGAL_PACKET "W01234"

/* What board_key returns in the end. */
#define BOARD_END 0

/* Which doors an exercise uses, and so which options it has. */
enum { BOARD_PLAIN = 1, BOARD_TLS = 2 };

enum { EXIT_FINE = 0, EXIT_REJECTED = 1, EXIT_USAGE = 2, EXIT_NO_ANSWER = 3, EXIT_NOT_TRUSTED = 4 };

struct board {
  const char *host;
  uint16_t port;
  uint16_t tls_port;
  const char *ca;   /* a PEM file, or NULL */
  const char *cert; /* its own certificate, a PEM file, or NULL */
  const char *key;  /* its own key */
  const char *name; /* that the server's certificate has to be for, or NULL */
  int insecure;
  uint8_t mac[6];
  uint16_t device;
  uint16_t led;
  int exit_code; /* of the first message that went wrong */
};

static struct termios board_terminal;

static inline void board_usage(const char *program, int doors, const char *problem) {
  fprintf(stderr, "%s: %s\nusage: %s [--host NAME]%s [--mac 00:A0:50:12:34:56]%s\n", program, problem, program,
          doors & BOARD_PLAIN ? " [--port 27708]" : "",
          doors & BOARD_TLS ? " [--tls-port 40508] [--ca root.pem] [--name NAME] [--insecure] [--cert board.pem --key board.key.pem]" : "");
  exit(EXIT_USAGE);
}

static inline int board_parse_port(const char *text, uint16_t *port) {
  char *end;
  long number = isdigit((unsigned char)text[0]) ? strtol(text, &end, 10) : 0;
  if (number < 1 || number > 65535 || *end != '\0') return 0;
  *port = (uint16_t)number;
  return 1;
}

static inline int board_parse_mac(const char *text, uint8_t mac[6]) {
  for (int i = 0; i < 6; i++) {
    char pair[3] = {0};
    if (!isxdigit((unsigned char)text[0]) || !isxdigit((unsigned char)text[1])) return 0;
    memcpy(pair, text, 2);
    mac[i] = (uint8_t)strtol(pair, NULL, 16);
    text += 2;
    if (i < 5 && (*text == ':' || *text == '-')) text++;
  }
  return *text == '\0';
}

/* A MAC address for a PC that was given none: made of its name, so that it stays; 02 marks it as not a maker's. */
static inline void board_own_mac(uint8_t mac[6]) {
  char name[256] = "board";
  uint64_t hash = 14695981039346656037u;
  gethostname(name, sizeof name - 1);
  for (const char *at = name; *at != '\0'; at++) hash = (hash ^ (uint8_t)*at) * 1099511628211u;
  mac[0] = 0x02;
  for (int i = 1; i < 6; i++) mac[i] = (uint8_t)(hash >> (8 * i));
}

/* Reads one option with its value; returns whether both are right. */
static inline int board_option(struct board *it, int doors, const char *option, const char *value) {
  int tls = doors & BOARD_TLS;
  if (value == NULL) return 0;
  if (strcmp(option, "--host") == 0) return (it->host = value) != NULL;
  if (strcmp(option, "--mac") == 0) return board_parse_mac(value, it->mac);
  if (strcmp(option, "--port") == 0 && doors & BOARD_PLAIN) return board_parse_port(value, &it->port);
  if (strcmp(option, "--tls-port") == 0 && tls) return board_parse_port(value, &it->tls_port);
  if (strcmp(option, "--ca") == 0 && tls) return (it->ca = value) != NULL;
  if (strcmp(option, "--cert") == 0 && tls) return (it->cert = value) != NULL;
  if (strcmp(option, "--key") == 0 && tls) return (it->key = value) != NULL;
  return strcmp(option, "--name") == 0 && tls && (it->name = value) != NULL;
}

static inline void board_restore_terminal(void) {
  tcsetattr(STDIN_FILENO, TCSANOW, &board_terminal);
}

static inline void board_interrupted(int number) {
  board_restore_terminal();
  signal(number, SIG_DFL);
  raise(number);
}

/* A key counts when it is pressed, without Enter; the terminal is put back in the end, also after Ctrl-C. */
static inline void board_take_terminal(void) {
  if (!isatty(STDIN_FILENO) || tcgetattr(STDIN_FILENO, &board_terminal) != 0) return;
  struct termios keys = board_terminal;
  keys.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
  atexit(board_restore_terminal);
  signal(SIGINT, board_interrupted);
  signal(SIGTERM, board_interrupted);
  tcsetattr(STDIN_FILENO, TCSANOW, &keys);
}

/* Reads the options and says who this board is. Ends the program when they are wrong. */
static inline struct board board_start(int argc, char **argv, int doors, const char *keys) {
  struct board it = {"localhost", WWEP_PORT, WWEP_TLS_PORT, NULL, NULL, NULL, NULL, 0, {0}, 0, 0, EXIT_FINE};
  board_own_mac(it.mac);
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--insecure") == 0 && doors & BOARD_TLS) {
      it.insecure = 1;
    } else if (!board_option(&it, doors, argv[i], argv[i + 1])) {
      char problem[160];
      snprintf(problem, sizeof problem, "'%.60s %.60s' is no option here", argv[i], argv[i + 1] ? argv[i + 1] : "");
      board_usage(argv[0], doors, problem);
    } else {
      i++;
    }
  }
  if (it.insecure && it.ca != NULL) board_usage(argv[0], doors, "give --ca or --insecure, not both");
  if ((it.cert == NULL) != (it.key == NULL)) board_usage(argv[0], doors, "--cert and --key belong together");
  it.device = wwep_device_id(it.mac);
  setvbuf(stdout, NULL, _IOLBF, 0);
  printf("board  MAC %02X:%02X:%02X:%02X:%02X:%02X, device ID %04X\n", it.mac[0], it.mac[1], it.mac[2], it.mac[3], it.mac[4],
         it.mac[5], it.device);
  if (doors & BOARD_PLAIN) printf("plain  to %s:%u\n", it.host, it.port);
  if (doors & BOARD_TLS) {
    printf("TLS    to %s:%u, trusting %s\n", it.host, it.tls_port,
           it.insecure ? "anybody" : it.ca != NULL ? it.ca : "nobody: give --ca FILE");
  }
  printf("keys   %s, q quits\n", keys);
  board_take_terminal();
  return it;
}

/* Reads a file as a C string: on a board it is a part of the program. Ends the program when it cannot. */
static inline const char *board_file(const char *path, char *text, size_t size) {
  FILE *file = fopen(path, "rb");
  size_t length = file != NULL ? fread(text, 1, size - 1, file) : 0;
  if (file == NULL || ferror(file) || length == size - 1) {
    fprintf(stderr, "%s cannot be read, or is larger than %u KiB: give a PEM file\n", path, (unsigned)(size / 1024));
    exit(EXIT_USAGE);
  }
  fclose(file);
  text[length] = '\0';
  return text;
}

/* Waits for a key; blanks and line ends are none. */
static inline int board_key(void) {
  int key = getchar();
  while (key != EOF && isspace(key)) key = getchar();
  return key == EOF || key == 'q' ? BOARD_END : key;
}

static inline void board_unknown_key(int key) {
  printf("%c  no such key: see above\n", isprint(key) ? key : '?');
}

/* Shows bytes as they are, and what cannot be printed as \xNN. */
static inline void board_print(const char *bytes, size_t length) {
  int width = 0;
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)bytes[i];
    width += c > ' ' && c < 0x7F && c != '\\' ? printf("%c", c) : printf("\\x%02X", c);
  }
  printf("%*s", width < 13 ? 13 - width : 1, "");
}

static inline int board_exit_code(wwep_result result) {
  if (result == WWEP_OK || result == WWEP_X) return EXIT_REJECTED; /* the other one of the two was expected */
  if (result == WWEP_BAD_ROOT || result == WWEP_BAD_IDENTITY) return EXIT_USAGE;
  return wwep_is_not_trusted(result) || result == WWEP_NO_ROOT || result == WWEP_TLS_ALERT ? EXIT_NOT_TRUSTED
                                                                                           : EXIT_NO_ANSWER;
}

/* Ends the program before it has begun: its TLS cannot be set up. */
static inline void board_give_up(wwep_result why) {
  fprintf(stderr, "%s\n", wwep_strerror(why));
  exit(board_exit_code(why));
}

/* Shows what became of a message, and keeps the exit code of the first that went wrong. */
static inline void board_show(struct board *it, int key, const char *door, const char *sent, const wwep_reply *reply,
                              wwep_result result, wwep_result expected) {
  printf("%c  LED %-3s  %-5s  ", key, it->led ? "on" : "off", door);
  board_print(sent, strlen(sent));
  printf("-> ");
  board_print(reply->length > 0 ? reply->text : "-", reply->length > 0 ? reply->length : 1);
  puts(result == expected && result == WWEP_X ? "rejected, as it should be" : wwep_strerror(result));
  if (result != expected && it->exit_code == EXIT_FINE) it->exit_code = board_exit_code(result);
}

#endif

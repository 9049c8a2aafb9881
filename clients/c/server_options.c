/* The options of the server exercises. */
#include "small_server.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void usage(const char *program, const server_options *options) {
  fprintf(stderr, "usage: %s [--host ADDRESS]%s%s\n", program, options->port != NULL ? " [--port 27708]" : "",
          options->tls_port != NULL ? " [--tls-port 40508] --cert server.pem --key server.key.pem" : "");
  if (options->tls_port != NULL) {
    fprintf(stderr, "A certificate and its key, as the lecture makes them:\n  openssl req -newkey rsa:2048 -nodes -keyout "
                    "server.key.pem -x509 -days 365 -subj /CN=localhost -addext subjectAltName=DNS:localhost -out server.pem\n");
  }
  exit(2);
}

static int parse_port(const char *text, uint16_t *port) {
  char *end;
  if (port == NULL || !isdigit((unsigned char)text[0])) return 0;
  long number = strtol(text, &end, 10);
  if (number > 65535 || *end != '\0') return 0;
  *port = (uint16_t)number;
  return 1;
}

static int take(const char **where, const char *value) {
  if (where != NULL) *where = value;
  return where != NULL;
}

static int option(server_options *options, const char *name, const char *value) {
  if (value == NULL) return 0;
  if (strcmp(name, "--host") == 0) return take(&options->host, value);
  if (strcmp(name, "--port") == 0) return parse_port(value, options->port);
  if (strcmp(name, "--tls-port") == 0) return parse_port(value, options->tls_port);
  if (strcmp(name, "--cert") == 0) return take(options->cert, value);
  return strcmp(name, "--key") == 0 && take(options->key, value);
}

void server_start(int argc, char **argv, server_options *options) {
  options->host = "0.0.0.0";
  for (int i = 1; i < argc; i += 2) {
    if (!option(options, argv[i], argv[i + 1])) {
      fprintf(stderr, "'%s %s' is no option here\n", argv[i], argv[i + 1] != NULL ? argv[i + 1] : "");
      usage(argv[0], options);
    }
  }
  if (options->cert != NULL && (*options->cert == NULL || *options->key == NULL)) usage(argv[0], options);
}

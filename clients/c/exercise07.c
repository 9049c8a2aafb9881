/*
 * Exercise 07: a server for both; what is written at one door is read at the other.
 *
 *   cc -std=c99 exercise07.c small_server.c server_options.c registers.c small_tls.c -lssl -lcrypto -o exercise07
 *   ./exercise07 --cert server.pem --key server.key.pem
 */
#include "small_tls.h"

int main(int argc, char **argv) {
  uint16_t port = 27708, tls_port = 40508;
  const char *cert = NULL, *key = NULL;
  server_options options = {.port = &port, .tls_port = &tls_port, .cert = &cert, .key = &key};
  server_start(argc, argv, &options);

  door doors[] = {plain_door(port), tls_door(tls_port, cert, key)};
  int exit_code = server_run(options.host, doors, 2);
  tls_door_free(&doors[1]);
  return exit_code;
}

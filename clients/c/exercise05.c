/*
 * Exercise 05: a server for the secure protocol.
 *
 *   cc -std=c99 exercise05.c small_server.c server_options.c registers.c small_tls.c -lssl -lcrypto -o exercise05
 *   ./exercise05 --cert server.pem --key server.key.pem
 */
#include "small_tls.h"

int main(int argc, char **argv) {
  uint16_t port = 40508;
  const char *cert = NULL, *key = NULL;
  server_options options = {.tls_port = &port, .cert = &cert, .key = &key};
  server_start(argc, argv, &options);

  door doors[] = {tls_door(port, cert, key)};
  int exit_code = server_run(options.host, doors, 1);
  tls_door_free(&doors[0]);
  return exit_code;
}

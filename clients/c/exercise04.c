/*
 * Exercise 04: a server for the non-secure protocol, one connection at a time.
 *
 *   cc -std=c99 exercise04.c small_server.c server_options.c registers.c -o exercise04
 *   ./exercise04
 */
#include "small_server.h"

int main(int argc, char **argv) {
  uint16_t port = 27708;
  server_options options = {.port = &port};
  server_start(argc, argv, &options);

  door doors[] = {plain_door(port)};
  return server_run(options.host, doors, 1);
}

/*
 * Exercise 06: button 0 sends in clear, button 1 over TLS.
 *
 *   cc -std=c99 exercise06.c wwep.c wwep_bsd.c wwep_openssl.c -lssl -lcrypto -o exercise06
 *   cc -std=c99 -DWWEP_MBEDTLS exercise06.c wwep.c wwep_bsd.c wwep_mbedtls.c -lmbedtls -lmbedx509 -lmbedcrypto -o exercise06
 *   ./exercise06 --host wwep.lab --ca root.pem
 */
#include "board.h"
#include "board_tls.h"
#include "wwep_bsd.h"

/* Both doors lead to the same register: flip the LED, write it, and show the reply. */
static void press(struct board *board, int key, const char *door, const wwep_server *server) {
  char message[WWEP_TEXT_SIZE];
  wwep_reply reply;
  board->led = !board->led;
  wwep_format_write(message, board->device, LED_REGISTER, board->led);
  wwep_result result = wwep_exchange(server, message, strlen(message), &reply);
  if (result == WWEP_OK && strcmp(reply.text + 1, message + 1) != 0) result = WWEP_OTHER_REPLY;
  board_show(board, key, door, message, &reply, result, WWEP_OK);
}

int main(int argc, char **argv) {
  struct board board = board_start(argc, argv, BOARD_PLAIN | BOARD_TLS, "0 sends in clear, 1 over TLS");
  wwep_bsd socket;
  wwep_transport tcp = wwep_bsd_transport(&socket);
  wwep_tls tls;
  board_set_up_tls(&board, &tls, &tcp);
  wwep_transport over_tls = wwep_tls_transport(&tls);
  wwep_server plain = {&tcp, board.host, board.port};
  wwep_server secure = {&over_tls, board.host, board.tls_port};

  for (int key = board_key(); key != BOARD_END; key = board_key()) {
    if (key == '0') {
      press(&board, key, "plain", &plain);
    } else if (key == '1') {
      press(&board, key, "TLS", &secure);
    } else {
      board_unknown_key(key);
    }
  }
  wwep_tls_free(&tls);
  return board.exit_code;
}

/*
 * Exercise 03: exercise 02 over TLS. The board knows the server's root certificate, and refuses any other server.
 *
 *   cc -std=c99 exercise03.c wwep.c wwep_bsd.c wwep_openssl.c -lssl -lcrypto -o exercise03
 *   cc -std=c99 -DWWEP_MBEDTLS exercise03.c wwep.c wwep_bsd.c wwep_mbedtls.c -lmbedtls -lmbedx509 -lmbedcrypto -o exercise03
 *   ./exercise03 --host wwep.lab --ca root.pem
 */
#include "board.h"
#include "board_tls.h"
#include "wwep_bsd.h"

int main(int argc, char **argv) {
  struct board board = board_start(argc, argv, BOARD_TLS, "0 presses the button, x sends an illegal packet");
  wwep_bsd socket;
  wwep_transport tcp = wwep_bsd_transport(&socket);
  wwep_tls tls;
  board_set_up_tls(&board, &tls, &tcp);

  /* With TLS on it, a transport is used as before. */
  wwep_transport secure = wwep_tls_transport(&tls);
  wwep_server server = {&secure, board.host, board.tls_port};

  for (int key = board_key(); key != BOARD_END; key = board_key()) {
    char message[WWEP_TEXT_SIZE] = ILLEGAL_PACKET;
    wwep_reply reply;
    if (key == '0') {
      board.led = !board.led;
      wwep_format_write(message, board.device, LED_REGISTER, board.led);
    } else if (key != 'x') {
      board_unknown_key(key);
      continue;
    }
    wwep_result result = wwep_exchange(&server, message, strlen(message), &reply);
    if (result == WWEP_OK && strcmp(reply.text + 1, message + 1) != 0) result = WWEP_OTHER_REPLY;
    board_show(&board, key, "TLS", message, &reply, result, key == 'x' ? WWEP_X : WWEP_OK);
  }
  wwep_tls_free(&tls);
  return board.exit_code;
}

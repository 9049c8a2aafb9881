/*
 * Exercise 02: exercise 01, and check the reply. Test with a legal and an illegal packet.
 *
 *   cc -std=c99 exercise02.c wwep.c wwep_bsd.c -o exercise02
 *   ./exercise02 --host wwep.lab
 */
#include "board.h"
#include "wwep_bsd.h"

int main(int argc, char **argv) {
  struct board board = board_start(argc, argv, BOARD_PLAIN, "0 presses the button, x sends an illegal packet");
  wwep_bsd socket;
  wwep_transport tcp = wwep_bsd_transport(&socket);
  wwep_server server = {&tcp, board.host, board.port};

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

    /* "A", and then the same as was sent. */
    if (result == WWEP_OK && strcmp(reply.text + 1, message + 1) != 0) result = WWEP_OTHER_REPLY;
    board_show(&board, key, "plain", message, &reply, result, key == 'x' ? WWEP_X : WWEP_OK);
  }
  return board.exit_code;
}

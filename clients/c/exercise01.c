/*
 * Exercise 01: when the button is pressed, flip the LED and write its state to the server.
 *
 *   cc -std=c99 exercise01.c wwep.c wwep_bsd.c -o exercise01
 *   ./exercise01 --host wwep.lab
 *
 * Step by step, as the lecture has it; the reply is not read, that is exercise 02.
 */
#include "board.h"
#include "wwep_bsd.h"

static wwep_result send_led(const struct board *board, const wwep_transport *tcp, char message[WWEP_TEXT_SIZE]) {
  /* The message: 'W<device number>05<state>'. */
  snprintf(message, WWEP_TEXT_SIZE, "W%04X%02X%04X", board->device, LED_REGISTER, board->led);

  /* A socket, and a connection that may take 2 s. */
  wwep_result result = tcp->connect(tcp->context, board->host, board->port, WWEP_CONNECT_MS);

  /* strlen, not sizeof: the NUL at the end is C's, and no part of the message. Send holds nothing back; a WICED stream does
     until it is flushed. */
  if (result == WWEP_OK) result = tcp->send(tcp->context, message, strlen(message), WWEP_REPLY_MS);

  /* The socket is given back, whatever happened. */
  tcp->close(tcp->context);
  return result;
}

int main(int argc, char **argv) {
  struct board board = board_start(argc, argv, BOARD_PLAIN, "0 presses the button");
  wwep_bsd socket;
  wwep_transport tcp = wwep_bsd_transport(&socket);

  for (int key = board_key(); key != BOARD_END; key = board_key()) {
    char message[WWEP_TEXT_SIZE];
    if (key != '0') {
      board_unknown_key(key);
      continue;
    }
    board.led = !board.led;
    wwep_result result = send_led(&board, &tcp, message);
    printf("0  LED %-3s  plain  %s  %s\n", board.led ? "on" : "off", message,
           result == WWEP_OK ? "sent" : wwep_strerror(result));
    if (result != WWEP_OK && board.exit_code == EXIT_FINE) board.exit_code = board_exit_code(result);
  }
  return board.exit_code;
}

/*
 * board_tls.h: what the boards of exercises 03 and 06 load before their first handshake, in the order in which a board does it.
 * Here it comes from files; on a board it is a part of the program.
 */
#ifndef BOARD_TLS_H
#define BOARD_TLS_H

#include "board.h"
#include "wwep_tls.h"

/* Loads whom to trust, and who this board is, as the options say. Ends the program when one of the files is not what it should be. */
static inline void board_set_up_tls(const struct board *board, wwep_tls *tls, const wwep_transport *tcp) {
  static char root[65536], own[16384], key[16384];
  wwep_result result = wwep_tls_init(tls, tcp);
  if (result == WWEP_OK && board->ca != NULL) result = wwep_tls_root(tls, board_file(board->ca, root, sizeof root));
  if (result == WWEP_OK && board->cert != NULL) {
    result = wwep_tls_identity(tls, board_file(board->cert, own, sizeof own), board_file(board->key, key, sizeof key));
  }
  if (board->insecure) wwep_tls_trust_anybody(tls);
  wwep_tls_name(tls, board->name);
  if (result == WWEP_OK) return;
  wwep_tls_free(tls);
  board_give_up(result);
}

#endif

package io.wwep.board.screen;

import io.wwep.board.Board;
import io.wwep.board.Verification;
import java.util.Locale;

/**
 * What a picture shows of a board, in words.
 *
 * @param lit whether the LED is on
 * @param device four hex digits
 * @param ip the board's address
 * @param server its name, and the address it stands for
 * @param ports where the buttons send
 * @param verification how button 1 verifies
 * @param certificate what the board shows of itself
 */
record Panel(
    boolean lit,
    String device,
    String mac,
    String ip,
    String server,
    String ports,
    String verification,
    String certificate) {

  /** Returns what there is to be shown now. */
  static Panel of(Board board, Place place) {
    return new Panel(
        board.isLedOn(),
        String.format(Locale.ROOT, "%04X", board.deviceId()),
        board.mac() + origin(board.macOrigin()),
        place.own(),
        place.server().isEmpty()
            ? board.host()
            : place.server().equals(board.host())
                ? board.host()
                : board.host() + " → " + place.server(),
        "%s plain, %s TLS".formatted(port(board.plainEndpoint()), port(board.secureEndpoint())),
        verification(board),
        certificate(board));
  }

  private static String port(String endpoint) {
    return endpoint.substring(endpoint.lastIndexOf(':') + 1);
  }

  private static String origin(Board.MacOrigin origin) {
    return switch (origin) {
      case GIVEN -> "";
      case MACHINE -> " (this machine's)";
      case RANDOM, CHOSEN_AT_RANDOM -> " (random)";
    };
  }

  private static String verification(Board board) {
    Verification verification = board.verification();
    return switch (verification) {
      case UNDECIDED -> "not decided: v, or --ca, --pin";
      case NONE -> "none, any server is believed";
      case ROOT -> "root, " + board.trusts();
      case PIN -> board.trusts();
    };
  }

  private static String certificate(Board board) {
    if (board.identity().isEmpty()) {
      return "none";
    }
    return board.isIdentityShown() ? board.identity() : "off, " + board.identity();
  }
}

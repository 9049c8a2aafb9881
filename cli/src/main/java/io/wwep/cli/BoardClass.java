package io.wwep.cli;

import io.wwep.board.Board;
import io.wwep.board.BoardBuilder;
import io.wwep.board.MacAddress;
import io.wwep.board.crowd.MacAddresses;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The MAC addresses of many boards, and how they were chosen.
 *
 * @param addresses no two make the same device ID
 * @param inARow whether they begin with one that was given
 */
record BoardClass(List<MacAddress> addresses, boolean inARow) {

  /**
   * Returns those that the options say.
   *
   * @throws CliException when there are not so many
   */
  static BoardClass of(BoardCommand command) {
    int count = command.crowd.count;
    boolean inARow = command.mac != null && !command.mac.equals(BoardCommand.RANDOM);
    try {
      return new BoardClass(
          inARow
              ? MacAddresses.consecutive(MacAddress.parse(command.mac), count)
              : MacAddresses.random(new SecureRandom(), count),
          inARow);
    } catch (IllegalArgumentException e) {
      throw new CliException(e.getMessage(), e);
    }
  }

  /**
   * Returns the boards, each with a trust of its own, so that none resumes another's TLS session.
   *
   * @throws CliException when the options of one cannot be used
   */
  List<Board> boards(Supplier<BoardBuilder> builders) {
    return addresses.stream().map(address -> builders.get().mac(address).build()).toList();
  }

  /** Returns how they were chosen, in words. */
  String words() {
    int size = addresses.size();
    MacAddress first = addresses.get(0);
    if (size == 1) {
      return "1 board: MAC %s%s, device ID %04X"
          .formatted(first, inARow ? "" : " (random)", first.deviceId());
    }
    int[] ids = addresses.stream().mapToInt(MacAddress::deviceId).sorted().toArray();
    String macs =
        inARow
            ? "MACs %s to %s%s".formatted(first, addresses.get(size - 1), leftOut())
            : "random MACs";
    return String.format(
        Locale.ROOT,
        "%,d boards: %s; device IDs within %04X to %04X, no two alike",
        size,
        macs,
        ids[0],
        ids[size - 1]);
  }

  private String leftOut() {
    long span = addresses.get(addresses.size() - 1).bits() - addresses.get(0).bits() + 1;
    long leftOut = span - addresses.size();
    return leftOut == 0
        ? ""
        : String.format(Locale.ROOT, " (%,d left out, whose device IDs others have)", leftOut);
  }
}

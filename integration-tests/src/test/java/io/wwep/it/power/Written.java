package io.wwep.it.power;

import io.wwep.protocol.RegisterId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All registers that boards have, numbered from 0, and which write gave one its value. */
final class Written {

  private static final int NOBODY = -1;

  private final List<Board> owners = new ArrayList<>();
  private final List<int[]> writes = new ArrayList<>();
  private final int[] addresses;

  /** By address. */
  private final int[] registers;

  Written(List<Board> boards) {
    int end = boards.stream().mapToInt(board -> board.habits().endAddress()).max().orElse(0);
    registers = new int[end];
    Arrays.fill(registers, NOBODY);
    addresses = boards.stream().flatMapToInt(board -> board.habits().addresses()).toArray();
    for (int register = 0; register < addresses.length; register++) {
      registers[addresses[register]] = register;
    }
    boards.forEach(this::add);
  }

  private void add(Board board) {
    for (int i = 0; i < board.habits().registers(); i++) {
      owners.add(board);
      writes.add(new int[] {NOBODY});
    }
    for (int write = 0; write < board.count(); write++) {
      // A register's values are 1, 2, 3 ...
      int register = registers[board.address(write)];
      int value = board.value(write);
      int[] ofRegister = writes.get(register);
      if (value >= ofRegister.length) {
        int known = ofRegister.length;
        ofRegister = Arrays.copyOf(ofRegister, 2 * value);
        Arrays.fill(ofRegister, known, ofRegister.length, NOBODY);
        writes.set(register, ofRegister);
      }
      ofRegister[value] = write;
    }
  }

  /** Returns how many registers there are. */
  int size() {
    return addresses.length;
  }

  int address(int register) {
    return addresses[register];
  }

  /**
   * Returns the register with an address.
   *
   * @throws AssertionError when no board has it
   */
  int register(int address) {
    if (address >= registers.length || registers[address] == NOBODY) {
      throw new AssertionError("nobody writes to %06X".formatted(address));
    }
    return registers[address];
  }

  Board boardOf(int register) {
    return owners.get(register);
  }

  /** Returns the index of the board's write of this value; negative when there was none. */
  int writeOf(int register, int value) {
    int[] ofRegister = writes.get(register);
    return value < ofRegister.length ? ofRegister[value] : NOBODY;
  }

  String name(int register) {
    return new RegisterId(addresses[register] >> 8, addresses[register] & 0xFF).toString();
  }
}

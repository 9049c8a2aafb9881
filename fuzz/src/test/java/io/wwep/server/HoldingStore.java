package io.wwep.server;

import io.wwep.store.Batch;
import io.wwep.store.CommitListener;
import io.wwep.store.DeviceVisitor;
import io.wwep.store.RegisterTable;
import io.wwep.store.Store;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;

/** Registers in memory whose commits can be held up. All methods belong to one thread. */
final class HoldingStore implements Store {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final RegisterTable table = new RegisterTable();
  private final Queue<Batch> waiting = new ArrayDeque<>();
  private final List<String> written = new ArrayList<>();
  private boolean holding;

  void hold() {
    holding = true;
  }

  void release() {
    holding = false;
    while (!waiting.isEmpty()) {
      complete(waiting.remove());
    }
  }

  List<String> written() {
    return written;
  }

  @Override
  public void execute(Batch batch) {
    if (holding) {
      waiting.add(batch);
    } else {
      complete(batch);
    }
  }

  private void complete(Batch batch) {
    batch.apply(table);
    for (int i = 0; i < batch.size(); i++) {
      if (batch.isWrite(i)) {
        written.add(
            HEX.toHexDigits(batch.address(i), 6) + "=" + HEX.toHexDigits(batch.value(i), 4));
      }
    }
    batch.completion().completed(batch);
    batch.completion().flush();
  }

  @Override
  public int read(int address) {
    return table.get(address);
  }

  @Override
  public int deviceCount() {
    return table.deviceCount();
  }

  @Override
  public int registerCount() {
    return table.registerCount();
  }

  @Override
  public int visitDevices(int first, int limit, DeviceVisitor visitor) {
    return table.visitDevices(first, limit, visitor);
  }

  @Override
  public void addListener(CommitListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String description() {
    return "memory, in its own time";
  }

  @Override
  public void close() {}
}

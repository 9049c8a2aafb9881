package io.wwep.store;

import java.util.Objects;

/**
 * A store that does everything by another one. To be extended by what does some of it in a way of
 * its own: a store that delays, refuses or fails as a test orders.
 *
 * <p>Any thread, as far as the store behind it allows.
 */
public abstract class ForwardingStore implements Store {

  private final Store behind;

  /**
   * @param behind does what is not overridden; is closed with this one
   */
  protected ForwardingStore(Store behind) {
    this.behind = Objects.requireNonNull(behind, "behind");
  }

  /** Returns the store that this one forwards to. */
  protected final Store behind() {
    return behind;
  }

  @Override
  public int read(int address) {
    return behind.read(address);
  }

  @Override
  public void execute(Batch batch) {
    behind.execute(batch);
  }

  @Override
  public int deviceCount() {
    return behind.deviceCount();
  }

  @Override
  public int registerCount() {
    return behind.registerCount();
  }

  @Override
  public int visitDevices(int first, int limit, DeviceVisitor visitor) {
    return behind.visitDevices(first, limit, visitor);
  }

  @Override
  public void addListener(CommitListener listener) {
    behind.addListener(listener);
  }

  @Override
  public void addListener(HealthListener listener) {
    behind.addListener(listener);
  }

  @Override
  public StoreHealth health() {
    return behind.health();
  }

  @Override
  public StoreFigures figures() {
    return behind.figures();
  }

  @Override
  public String description() {
    return behind.description();
  }

  @Override
  public void close() {
    behind.close();
  }
}

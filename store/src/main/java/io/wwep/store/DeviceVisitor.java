package io.wwep.store;

/** Receives devices one after the other; see {@link Store#visitDevices}. */
@FunctionalInterface
public interface DeviceVisitor {

  /**
   * A device has written registers.
   *
   * @param device 0 to 65,535
   * @param registers how many, 1 to 256
   */
  void device(int device, int registers);
}

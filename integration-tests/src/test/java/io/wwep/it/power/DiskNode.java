package io.wwep.it.power;

import java.util.Random;

/** A file or a directory of a {@link SimulatedDisk}. */
sealed interface DiskNode permits DiskFile, DiskDirectory {

  /** Makes durable what was changed before a moment: the sync that began then has succeeded. */
  void sync(long beforeMoment);

  /**
   * What was changed before a moment and is not durable gets to the disk now or never: the sync
   * that began then has failed, and the system takes for written what it could not write.
   */
  void fail(long beforeMoment, Random random);
}

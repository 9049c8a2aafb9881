package io.wwep.it.power;

/** A file or a directory of a {@link SimulatedDisk}. */
sealed interface DiskNode permits DiskFile, DiskDirectory {

  /** Makes durable what was changed before a moment: the sync that began then has succeeded. */
  void sync(long beforeMoment);
}

package io.wwep.store;

/**
 * Hears when a store can no longer make writes durable, and when it can again; see {@link
 * Store#addListener(HealthListener)}.
 */
public interface HealthListener {

  /**
   * From now on writes fail, or what was taken before may not reach the disk. Told once until
   * {@link #healed}.
   *
   * @param sentence cause and cure
   */
  void failing(String sentence);

  /**
   * Writes are taken and durable again.
   *
   * @param sentence what made it so
   */
  void healed(String sentence);
}

package io.wwep.console.feed;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map with so many entries at most: that which was used longest ago makes room. */
public final class Forgetful<K, V> extends LinkedHashMap<K, V> {

  private static final long serialVersionUID = 1L;
  private static final int CAPACITY = 16;
  private static final float LOAD_FACTOR = 0.75f;

  private final int max;

  /**
   * @param max entries at most, 1 or more
   */
  public Forgetful(int max) {
    super(CAPACITY, LOAD_FACTOR, /* accessOrder= */ true);
    this.max = max;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > max;
  }
}

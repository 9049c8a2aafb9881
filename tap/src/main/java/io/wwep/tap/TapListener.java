package io.wwep.tap;

/**
 * Is told what a tap sees, by one thread and in order. It may be slow: then events are left out.
 */
public interface TapListener {

  /** Something happened. */
  void event(TapEvent event);

  /** So many events were left out before the next one, since this listener was too slow. */
  void dropped(long count);
}

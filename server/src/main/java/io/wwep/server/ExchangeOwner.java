package io.wwep.server;

/** Who sent the requests of an {@link Exchange} and gets their results. On the loop's thread. */
interface ExchangeOwner {

  /** The store has completed it; gives it back to its loop. */
  void finish(Exchange exchange);

  /** Something went wrong that was not foreseen. */
  void failed(Throwable fault);
}

package io.wwep.server;

import io.wwep.protocol.FrameParser;
import io.wwep.protocol.Rejection;
import io.wwep.server.LoopCounters.Counter;

/**
 * Says which requests of a connection are beyond what its address may send in a second.
 *
 * <p>Owned by the loop's thread; one for each connection.
 *
 * @param use of the peer's address, which is shared with its other connections
 */
record RequestRate(Loop loop, Peer peer, AddressUse use) {

  /** Whether one more request is within the rate. */
  boolean admits() {
    return use.requests == null || use.requests.take(System.nanoTime());
  }

  /** Counts a request that is not, and returns what people are shown of it, or null. */
  Rejection refuse(FrameParser parser) {
    loop.counters.count(Counter.OVER_REQUESTS_PER_SECOND);
    if (!use.requestNews.passes(System.nanoTime())) {
      loop.budget.drop();
      return null;
    }
    int max = loop.config.limits().requestsPerSecondMax();
    return loop.budget.admitRejected()
        ? Rejection.limited(LimitWords.requests(peer, max), parser.received())
        : null;
  }
}

package io.wwep.server.tls;

import io.netty.buffer.ByteBufAllocator;

/** TLS with one identity. Immutable; used by all loops. */
interface TlsContext extends AutoCloseable {

  /** Returns what encrypts one new connection. */
  TlsLayer newLayer(ByteBufAllocator buffers);

  /** Gives back what it holds; every connection must be closed before. */
  @Override
  void close();
}

package io.wwep.server.tls;

import io.netty.buffer.ByteBufAllocator;

/** TLS with one identity. Immutable; used by all loops. */
interface TlsContext extends AutoCloseable {

  /** Returns what encrypts one new connection; not to be asked once this is closed. */
  TlsLayer newLayer(ByteBufAllocator buffers);

  /** Gives back what it holds, as soon as the last of its connections is closed. */
  @Override
  void close();
}

package io.wwep.server;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;

/**
 * Netty's epoll, which keeps every connection in the system's set.
 *
 * <p>A connection that waits for nothing, as behind the peer's FIN while no reply is held up, is
 * taken out of the set by Netty (4.2.15 to 4.2.20), which then goes on as if it were in it: the
 * next thing to wait for, such as room for a reply, fails, and the connection is closed with
 * replies in it. Here it stays in the set and waits for nothing; edge-triggered, so that a reset
 * wakes the loop once and not for ever.
 */
final class EpollInterest implements IoHandler {

  private final IoHandler epoll;

  private EpollInterest(IoHandler epoll) {
    this.epoll = epoll;
  }

  /** Returns what drives event loops. */
  static IoHandlerFactory newFactory() {
    IoHandlerFactory epoll = EpollIoHandler.newFactory();
    return executor -> new EpollInterest(epoll.newHandler(executor));
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return new Registration(epoll.register(handle));
  }

  @Override
  public void initialize() {
    epoll.initialize();
  }

  @Override
  public int run(IoHandlerContext context) {
    return epoll.run(context);
  }

  @Override
  public void wakeup() {
    epoll.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> kind) {
    return epoll.isCompatible(kind);
  }

  @Override
  public void prepareToDestroy() {
    epoll.prepareToDestroy();
  }

  @Override
  public void destroy() {
    epoll.destroy();
  }

  /** One connection in the set. */
  private record Registration(IoRegistration epoll) implements IoRegistration {

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // It is Netty's.
    public <T> T attachment() {
      return epoll.attachment();
    }

    @Override
    public long submit(IoOps wanted) {
      boolean nothing = wanted instanceof EpollIoOps ops && ops.value() == EpollIoOps.NONE.value();
      return epoll.submit(nothing ? EpollIoOps.EPOLLET : wanted);
    }

    @Override
    public boolean isValid() {
      return epoll.isValid();
    }

    @Override
    public boolean cancel() {
      return epoll.cancel();
    }
  }
}

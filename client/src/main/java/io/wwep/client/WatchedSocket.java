package io.wwep.client;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Arrays;
import javax.net.ssl.SSLException;

/**
 * A socket that remembers the first bytes that came: by them people can tell what answers where TLS
 * was expected. Reading fails behind those that no TLS begins with, since who sent them may keep
 * the connection, and TLS would wait for more. One thread reads.
 */
class WatchedSocket extends LastWordsSocket {

  private final byte[] first = new byte[Limits.FIRST_BYTES_KEPT];
  private int kept;

  /** Returns what came first, as far as it is kept. */
  byte[] firstBytes() {
    return Arrays.copyOf(first, kept);
  }

  /** Returns what came first on a socket, and nothing of one that is not watched. */
  static byte[] firstBytes(Socket tcp) {
    return tcp instanceof WatchedSocket watched ? watched.firstBytes() : new byte[0];
  }

  /** Reads ahead, since TLS asks for no more of an answer than it needs to see that it is none. */
  @Override
  public InputStream getInputStream() throws IOException {
    return new BufferedInputStream(new Kept(super.getInputStream()), Limits.FIRST_BYTES_KEPT);
  }

  private final class Kept extends FilterInputStream {

    Kept(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int start, int length) throws IOException {
      boolean nothingYet = kept == 0;
      int count = super.read(bytes, start, length);
      keep(bytes, start, count);
      if (nothingYet && ForeignAnswer.of(firstBytes()) != ForeignAnswer.NONE) {
        throw new SSLException("this is no TLS");
      }
      return count;
    }
  }

  private void keep(byte[] bytes, int start, int count) {
    int room = Math.min(count, first.length - kept);
    if (room > 0) {
      System.arraycopy(bytes, start, first, kept, room);
      kept += room;
    }
  }
}

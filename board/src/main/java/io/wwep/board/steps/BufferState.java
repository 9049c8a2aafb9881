package io.wwep.board.steps;

/**
 * What a packet buffer was at one moment: a line of the lecture's table.
 *
 * @param moment what had just happened to it
 * @param type who holds it for what
 * @param number the number of the buffer on this connection, from 1
 * @param refCount how many hold it; 0 is free
 * @param start where its unread data start
 * @param end where they end
 * @param capacity how many bytes fit
 * @param holds the data for people; empty where nothing is to be said of them
 */
public record BufferState(
    Moment moment,
    Type type,
    int number,
    int refCount,
    int start,
    int end,
    int capacity,
    String holds) {

  /** What happens to buffers. */
  public enum Moment {
    /** It was taken, for one holder. */
    CREATED("created"),
    /** Data were copied into it. */
    FILLED("filled"),
    /** The network stack holds it too. */
    SHARED("shared"),
    /** One of several holders let go of it. */
    GIVEN_BACK("given back"),
    /** The last holder let go of it. */
    FREE("free");

    private final String words;

    Moment(String words) {
      this.words = words;
    }

    /** Returns the moment for people. */
    public String words() {
      return words;
    }
  }

  /** What buffers are for. */
  public enum Type {
    /** Transmit: on its way to the server. */
    T,
    /** Receive: from the server. */
    R,
    /** TLS' own: between text and records. */
    TLS
  }
}

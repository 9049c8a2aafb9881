package io.wwep.board.steps;

/**
 * How many packet buffers a connection has used by now.
 *
 * @param transmit of type T
 * @param receive of type R
 * @param tls of TLS' own
 * @param held of all of these, those that somebody holds
 */
public record BufferUse(int transmit, int receive, int tls, int held) {

  /** Returns the number of buffers in all. */
  public int used() {
    return transmit + receive + tls;
  }
}

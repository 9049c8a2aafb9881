package io.wwep.store;

import java.util.Objects;

/**
 * Who wrote: kept with each write in the history.
 *
 * @param address the peer's IP address as text, without its port
 * @param secure whether the write came over TLS
 */
public record Origin(String address, boolean secure) {

  /**
   * @throws NullPointerException when the address is null
   */
  public Origin {
    Objects.requireNonNull(address, "address");
  }
}

package io.wwep.store.sqlite;

import java.util.List;
import java.util.OptionalInt;

/**
 * Something about some registers, in the order of their addresses.
 *
 * @param items may be fewer than asked for, and none, though there are more
 * @param next the address from which on there may be more; empty when there are not
 */
public record RegisterPage<T>(List<T> items, OptionalInt next) {

  public RegisterPage {
    items = List.copyOf(items);
  }
}

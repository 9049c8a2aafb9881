package io.wwep.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MemoryStoreTest extends StoreContract {

  @Override
  protected Store open() {
    return new MemoryStore();
  }

  @Test
  void shouldSayThatItForgets() {
    try (Store store = open()) {
      assertThat(store.description()).isEqualTo("memory only, gone with the process");
    }
  }
}

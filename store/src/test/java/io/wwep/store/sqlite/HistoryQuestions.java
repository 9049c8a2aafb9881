package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntSupplier;

/** Random questions about the past, whose answers must be those of a plain list. */
final class HistoryQuestions {

  private static final int[] LIMITS = {1, 7, 50, HistoryReader.LIMIT_MAX};
  private static final int[] BUCKETS = {1, 3, 50, 200};

  private final Random random;
  private final HistoryModel model;
  private final HistoryReader reader;
  private final IntSupplier randomAddress;

  /** How often registers were summed up, told exactly, known no more. */
  int summed;

  int exact;
  int unknown;

  HistoryQuestions(
      Random random, HistoryModel model, HistoryReader reader, IntSupplier randomAddress) {
    this.random = random;
    this.model = model;
    this.reader = reader;
    this.randomAddress = randomAddress;
  }

  void ask(String where) {
    assertThat(reader.span()).as(where).isEqualTo(model.span());
    switch (random.nextInt(5)) {
      case 0 -> askPage(where);
      case 1 -> askMoments(where);
      case 2 -> askSeries(where);
      case 3 -> askStates(where);
      default -> askChanges(where);
    }
  }

  private long randomNumber() {
    return (long) (random.nextDouble() * (model.size() + 1));
  }

  private long randomTime() {
    long number = Math.max(1, Math.min(model.size(), randomNumber()));
    return model.timeMillis(number) + random.nextInt(5) - 2;
  }

  private int limit() {
    return LIMITS[random.nextInt(LIMITS.length)];
  }

  private AddressRange randomRange() {
    int address = randomAddress.getAsInt();
    return switch (random.nextInt(4)) {
      case 0 -> AddressRange.of(address);
      case 1 -> AddressRange.ofDevice(address >> 8);
      case 2 -> new AddressRange(address, AddressRange.ALL.last());
      default -> AddressRange.ALL;
    };
  }

  private void askPage(String where) {
    AddressRange wanted = randomRange();
    long after = random.nextBoolean() ? 0 : randomNumber();
    long before = random.nextBoolean() ? Long.MAX_VALUE : 1 + randomNumber();
    int limit = limit();
    for (HistoryOrder order : HistoryOrder.values()) {
      assertThat(reader.writes(wanted, after, before, limit, order))
          .as("%s: %s, %d to %d, limit %d, %s", where, wanted, after, before, limit, order)
          .isEqualTo(model.page(wanted, after, before, limit, order));
    }
  }

  private void askMoments(String where) {
    long[] times = {0, Long.MIN_VALUE, Long.MAX_VALUE, 0, 0, 0};
    for (int i = 3; i < times.length && model.size() > 0; i++) {
      times[i] = randomTime();
    }
    Arrays.sort(times);
    long before = 0;
    for (long time : times) {
      long number = reader.numberAt(time);
      assertThat(model.passes(time, number)).as("%s: %d at %d", where, number, time).isTrue();
      assertThat(number).as("%s: at %d", where, time).isGreaterThanOrEqualTo(before);
      before = number;
    }
  }

  private void askSeries(String where) {
    if (model.size() == 0) {
      return;
    }
    TreeSet<Integer> addresses = new TreeSet<>();
    for (int i = random.nextInt(HistoryReader.SERIES_MAX); i >= 0; i--) {
      addresses.add(randomAddress.getAsInt());
    }
    int[] descending = addresses.descendingSet().stream().mapToInt(each -> each).toArray();
    int buckets = BUCKETS[random.nextInt(BUCKETS.length)];
    long one = randomTime();
    long other = randomTime();
    long from = Math.min(one, other);
    long to = Math.max(one, other) + 1;
    long[] borders = new long[buckets + 1];
    for (int i = 0; i <= buckets; i++) {
      borders[i] = reader.numberAt(from + (to - from) * i / buckets - 1);
    }
    List<Series> series = reader.series(descending, from, to, buckets);
    assertThat(series).hasSize(descending.length);
    for (int i = 0; i < descending.length; i++) {
      Series expected = model.series(descending[i], borders);
      assertThat(series.get(i))
          .as("%s: %06X, %d to %d, %d buckets", where, descending[i], from, to, buckets)
          .isEqualTo(expected);
      exact += expected.exact() ? 1 : 0;
      summed += expected.exact() ? 0 : 1;
    }
  }

  private void askStates(String where) {
    long number = random.nextInt(4) == 0 ? Long.MAX_VALUE : randomNumber();
    int device = randomAddress.getAsInt() >> 8;
    assertThat(reader.stateAt(number, device))
        .as("%s: device %04X at %d", where, device, number)
        .isEqualTo(model.states(AddressRange.ofDevice(device), number));
    AddressRange wanted = fewOf(randomRange());
    int limit = Math.max(20, limit());
    List<RegisterState> states =
        pages(wanted, limit, range -> reader.stateAt(number, range, limit));
    assertThat(states)
        .as("%s: %s at %d, limit %d", where, wanted, number, limit)
        .isEqualTo(model.states(wanted, number));
    unknown += (int) states.stream().filter(RegisterState.Unknown.class::isInstance).count();
  }

  private void askChanges(String where) {
    long one = randomNumber();
    long other = randomNumber();
    long from = Math.min(one, other);
    long to = random.nextInt(4) == 0 ? Long.MAX_VALUE : Math.max(one, other) + 1;
    AddressRange wanted = fewOf(randomRange());
    int limit = Math.max(20, limit());
    assertThat(pages(wanted, limit, range -> reader.changes(from, to, range, limit)))
        .as("%s: %s, %d to %d, limit %d", where, wanted, from, to, limit)
        .isEqualTo(model.changes(wanted, from, to));
  }

  /** The plain list takes long for many. */
  private static AddressRange fewOf(AddressRange wanted) {
    return new AddressRange(wanted.first(), Math.min(wanted.last(), wanted.first() + 700));
  }

  private static <T> List<T> pages(
      AddressRange wanted, int limit, Function<AddressRange, RegisterPage<T>> page) {
    List<T> all = new ArrayList<>();
    OptionalInt next = OptionalInt.of(wanted.first());
    while (next.isPresent()) {
      RegisterPage<T> found = page.apply(new AddressRange(next.getAsInt(), wanted.last()));
      assertThat(found.items()).hasSizeLessThanOrEqualTo(limit);
      assertThat(found.next().orElse(wanted.last() + 1)).isGreaterThan(next.getAsInt());
      all.addAll(found.items());
      next = found.next();
    }
    return all;
  }
}

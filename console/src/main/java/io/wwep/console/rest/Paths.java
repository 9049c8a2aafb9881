package io.wwep.console.rest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Paths of next pages. */
public final class Paths {

  private Paths() {}

  /**
   * Returns what makes the path of a call with one part of its query replaced, and all others as
   * they were given. Used by the HTTP event loop alone; what it returns, by any thread.
   *
   * @param part that says where to go on
   * @param left parts that are left out
   */
  public static UnaryOperator<String> next(Call call, Parameter<?> part, Parameter<?>... left) {
    String begin = call.context().request().path() + '?' + part.name() + '=';
    Set<String> out = names(part, left);
    StringBuilder end = new StringBuilder();
    call.context()
        .queryParams()
        .forEach(
            (name, value) -> {
              if (!out.contains(name)) {
                end.append('&').append(name).append('=').append(encoded(value));
              }
            });
    return value -> begin + encoded(value) + end;
  }

  private static Set<String> names(Parameter<?> part, Parameter<?>... left) {
    Set<String> names = new HashSet<>();
    names.add(part.name());
    for (Parameter<?> each : left) {
      names.add(each.name());
    }
    return names;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

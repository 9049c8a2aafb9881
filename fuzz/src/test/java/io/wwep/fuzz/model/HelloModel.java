package io.wwep.fuzz.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The ClientHello of RFC 5246 (7.4.1.2) and RFC 8446 (4.1.2), read to the letter. */
public final class HelloModel {

  private HelloModel() {}

  /**
   * Returns version, time, suites, versions, groups, signature schemes and server name.
   *
   * @throws java.nio.BufferUnderflowException when the bytes end early
   * @throws IllegalArgumentException when a vector within another is too long
   */
  public static String read(byte[] body) {
    ByteBuffer hello = ByteBuffer.wrap(body);
    int version = number(hello);
    long time = hello.getInt() & 0xFFFFFFFFL;
    hello.position(hello.position() + 28);
    vector(hello, 1);
    List<Integer> suites = numbers(vector(hello, 2));
    vector(hello, 1);
    Extensions found = new Extensions();
    if (hello.hasRemaining()) {
      found.readAll(vector(hello, 2));
    }
    return "%d %d %s %s".formatted(version, time, suites, found);
  }

  private static final class Extensions {

    private List<Integer> versions = List.of();
    private List<Integer> groups = List.of();
    private List<Integer> schemes = List.of();
    private String name;

    void readAll(ByteBuffer all) {
      while (all.hasRemaining()) {
        int type = number(all);
        ByteBuffer body = vector(all, 2);
        switch (type) {
          case 0 -> name = name(body);
          case 10 -> groups = numbers(vector(body, 2));
          case 13 -> schemes = numbers(vector(body, 2));
          case 43 -> versions = numbers(vector(body, 1));
          default -> {
            // nothing that the server looks at
          }
        }
      }
    }

    @Override
    public String toString() {
      return "%s %s %s %s".formatted(versions, groups, schemes, name);
    }
  }

  private static String name(ByteBuffer body) {
    ByteBuffer list = vector(body, 2);
    list.get();
    ByteBuffer first = vector(list, 2);
    byte[] bytes = new byte[first.remaining()];
    first.get(bytes);
    String name = new String(bytes, StandardCharsets.US_ASCII);
    return name.matches("[!-~]{1,255}") ? name : null;
  }

  private static int number(ByteBuffer bytes) {
    return bytes.getShort() & 0xFFFF;
  }

  private static ByteBuffer vector(ByteBuffer bytes, int lengthBytes) {
    int length = lengthBytes == 1 ? bytes.get() & 0xFF : number(bytes);
    ByteBuffer vector = bytes.duplicate().limit(bytes.position() + length);
    bytes.position(bytes.position() + length);
    return vector;
  }

  /** RFC 8701: GREASE is to be passed over. */
  private static List<Integer> numbers(ByteBuffer vector) {
    List<Integer> numbers = new ArrayList<>();
    while (vector.hasRemaining()) {
      int number = number(vector);
      if ((number & 0x0F0F) != 0x0A0A) {
        numbers.add(number);
      }
    }
    return numbers;
  }
}

package io.wwep.server.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a ClientHello apart.
 *
 * <pre>
 *   version 2 | random 32 | session id 1+n | suites 2+n | compression 1+n | extensions 2+n
 *   extension: type 2 | body 2+n
 * </pre>
 *
 * <p>Every length is held against what is there; where it is larger, the rest is taken for all that
 * there is, and the hello is malformed.
 */
final class ClientHelloParser {

  private static final int SERVER_NAME = 0;
  private static final int SUPPORTED_GROUPS = 10;
  private static final int SIGNATURE_ALGORITHMS = 13;
  private static final int SUPPORTED_VERSIONS = 43;
  private static final int RANDOM_REST_LENGTH = 28;

  private final byte[] bytes;
  private int position;

  /** Where the innermost vector ends. */
  private int limit;

  private boolean malformed;

  private List<Integer> supportedVersions = List.of();
  private List<Integer> groups = List.of();
  private List<Integer> signatureSchemes = List.of();
  private String serverName;

  ClientHelloParser(byte[] bytes) {
    this.bytes = bytes;
    this.limit = bytes.length;
  }

  ClientHello parse() {
    int version = number(2);
    long time = number(4) & 0xFFFFFFFFL;
    skip(RANDOM_REST_LENGTH);
    skip(number(1));
    List<Integer> suites = numbers(2);
    skip(number(1));
    if (position < limit) { // a hello before TLS 1.2 may end here
      extensions();
    }
    return new ClientHello(
        version, supportedVersions, suites, groups, signatureSchemes, serverName, time, malformed);
  }

  private void extensions() {
    int outer = enter(2);
    while (position < limit) {
      int type = number(2);
      int end = enter(2);
      extension(type);
      leave(end);
    }
    leave(outer);
  }

  private void extension(int type) {
    switch (type) {
      case SERVER_NAME -> serverName = serverName();
      case SUPPORTED_GROUPS -> groups = numbers(2);
      case SIGNATURE_ALGORITHMS -> signatureSchemes = numbers(2);
      case SUPPORTED_VERSIONS -> supportedVersions = numbers(1);
      default -> {
        // of no use for a choice or an explanation
      }
    }
  }

  /** Returns the first name of the list, when it is a host name that can be shown. */
  private String serverName() {
    int list = enter(2);
    number(1);
    int end = enter(2);
    String name = new String(bytes, position, limit - position, StandardCharsets.US_ASCII);
    leave(end);
    leave(list); // and what is behind the list in the extension is passed over
    return name.matches("[!-~]{1,255}") ? name : null;
  }

  /** Returns a vector of two-byte numbers without GREASE (RFC 8701). */
  private List<Integer> numbers(int lengthBytes) {
    List<Integer> numbers = new ArrayList<>();
    int end = enter(lengthBytes);
    while (position < limit) {
      int number = number(2);
      if (!malformed && (number & 0x0F0F) != 0x0A0A) {
        numbers.add(number);
      }
    }
    leave(end);
    return numbers;
  }

  /** Enters a vector; returns the limit around it, for {@link #leave}. */
  private int enter(int lengthBytes) {
    int outer = limit;
    int length = number(lengthBytes);
    if (length > limit - position) {
      malformed = true;
    } else {
      limit = position + length;
    }
    return outer;
  }

  private void leave(int outer) {
    position = limit;
    limit = outer;
  }

  private int number(int length) {
    if (length > limit - position) {
      malformed = true;
      position = limit;
      return 0;
    }
    int number = 0;
    for (int i = 0; i < length; i++) {
      number = number << 8 | (bytes[position++] & 0xFF);
    }
    return number;
  }

  private void skip(int length) {
    if (length > limit - position) {
      malformed = true;
    }
    position += Math.min(length, limit - position);
  }
}

package io.wwep.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A participant's server: one message for each connection, and one mistake. */
final class FaultyServer implements AutoCloseable {

  private static final int PAUSE_MILLIS = 150;
  private static final int WRITE_LENGTH = 11;
  private static final int READ_LENGTH = 7;

  private final Fault fault;
  private final ServerSocket listener;
  private final Map<String, String> registers = new LinkedHashMap<>();

  FaultyServer(Fault fault) {
    this.fault = fault;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::serve, "faulty-server");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        socket.setTcpNoDelay(true);
        converse(socket);
      } catch (IOException gone) {
        closeIf(Fault.DIES_OF_A_BROKEN_CONNECTION);
      }
    }
  }

  private void converse(Socket socket) throws IOException {
    String message = message(socket);
    if (message.isEmpty()) {
      closeIf(Fault.DIES_OF_SILENCE);
      return;
    }
    if (fault == Fault.HANGS || needsMore(socket, message)) {
      socket.setSoTimeout(0);
      socket.getInputStream().readAllBytes();
      return;
    }
    if (fault == Fault.CLOSES_WITHOUT_REPLY) {
      return;
    }
    String reply = disguised(answer(message), message);
    socket.getOutputStream().write(reply.getBytes(StandardCharsets.ISO_8859_1));
    finish(socket);
  }

  private boolean needsMore(Socket socket, String message) throws IOException {
    if (fault == Fault.NEEDS_LINE_END) {
      return !message.endsWith("\n") && !ends(socket, '\n');
    }
    return fault == Fault.READS_TO_THE_END && !ends(socket, -1);
  }

  /** Waits for one byte, or the end. */
  private static boolean ends(Socket socket, int wanted) throws IOException {
    socket.setSoTimeout(30_000);
    int b = socket.getInputStream().read();
    while (b >= 0 && b != wanted) {
      b = socket.getInputStream().read();
    }
    return b == wanted;
  }

  /** The client is read to its end, for a while. */
  private void finish(Socket socket) throws IOException {
    if (fault == Fault.DROPS_LATE_PIECES) {
      return;
    }
    socket.shutdownOutput();
    socket.setSoTimeout(PAUSE_MILLIS);
    try {
      int length = socket.getInputStream().read(new byte[64]);
      if (length > 0) {
        socket.getInputStream().readAllBytes();
      }
    } catch (SocketTimeoutException staying) {
      // A client that waits for the end.
    }
  }

  private void closeIf(Fault cause) {
    if (fault == cause) {
      close();
    }
  }

  // ---- what is read

  private String message(Socket socket) throws IOException {
    StringBuilder message = new StringBuilder();
    byte[] buffer = new byte[64];
    int pause = fault == Fault.IS_SLOW_TO_GIVE_UP ? 900 : PAUSE_MILLIS;
    try {
      while (!isOver(message)) {
        socket.setSoTimeout(message.isEmpty() ? 5_000 : pause);
        int length = socket.getInputStream().read(buffer);
        if (length < 0) {
          closeIf(message.isEmpty() ? Fault.DIES_OF_SILENCE : Fault.DIES_WITHIN_A_FRAME);
          return message.toString();
        }
        message.append(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
        if (isOneRead(message)) {
          return message.toString();
        }
      }
    } catch (SocketTimeoutException paused) {
      return message.toString();
    }
    return message.toString();
  }

  private boolean isOneRead(StringBuilder message) {
    return switch (fault) {
      case TAKES_ONE_READ_FOR_A_MESSAGE -> true;
      case TAKES_A_READ_OF_ANY_LENGTH -> message.charAt(0) == 'R';
      case DROPS_LATE_PIECES -> message.length() == 2;
      default -> false;
    };
  }

  private static boolean isOver(StringBuilder message) {
    if (message.isEmpty()) {
      return false;
    }
    char first = Character.toUpperCase(message.charAt(0));
    return switch (first) {
      case 'W', 'A', 'Z' -> message.length() >= WRITE_LENGTH;
      case 'R' -> message.length() >= READ_LENGTH;
      default -> true;
    };
  }

  // ---- what is answered

  private String answer(String message) {
    String frame = taken(message);
    if (fault == Fault.ALWAYS_X || !isLegal(frame)) {
      return rejected(message);
    }
    String register = frame.substring(1, 7).toUpperCase(Locale.ROOT);
    if (fault == Fault.IGNORES_THE_DEVICE) {
      register = register.substring(4);
    }
    String shown = frame.substring(1, 7).toUpperCase(Locale.ROOT);
    if (frame.charAt(0) == 'W') {
      String value = frame.substring(7).toUpperCase(Locale.ROOT);
      return write(register, value) ? "A" + shown + value : "X";
    }
    String value = read(register);
    return value == null ? "X" : "A" + shown + value;
  }

  /** Returns the message as the mistake lets the server see it. */
  private String taken(String message) {
    return switch (fault) {
      case TAKES_SHORT_WRITES ->
          message.length() == 6 ? message.charAt(0) + "06AB0" + "01234" : message;
      case TAKES_COMMANDS_IN_LOWER_CASE -> message.replaceFirst("^w", "W");
      case TAKES_READS_IN_LOWER_CASE -> message.replaceFirst("^r", "R");
      case TAKES_ANY_LETTER_IN_A_READ -> message.replaceFirst("^(R.{5})Z", "$10");
      case TAKES_ANY_LETTER -> message.startsWith("W") ? message.replace('G', '0') : message;
      case TAKES_REPLIES ->
          message.length() == WRITE_LENGTH ? message.replaceFirst("^A", "W") : message;
      case TAKES_ANY_COMMAND ->
          message.length() == WRITE_LENGTH ? "W" + message.substring(1) : message;
      default -> message;
    };
  }

  private boolean isLegal(String frame) {
    String digits = fault == Fault.TAKES_NO_LOWER_CASE ? "[0-9A-F]" : "[0-9A-Fa-f]";
    return frame.matches("R%s{6}|W%s{10}".formatted(digits, digits));
  }

  private String rejected(String message) {
    if (fault == Fault.STORES_WHAT_IS_ILLEGAL && message.length() == WRITE_LENGTH) {
      registers.put(message.substring(1, 7).toUpperCase(Locale.ROOT), "0000");
    }
    boolean silent = fault == Fault.IGNORES_WORDS && message.equals("hello");
    return silent
        ? ""
        : fault == Fault.REPLIES_TO_EACH_BAD_BYTE ? "X".repeat(message.length()) : "X";
  }

  private boolean write(String register, String value) {
    if (fault == Fault.HAS_ROOM_FOR_TEN && registers.size() >= 10) {
      return registers.replace(register, value) != null;
    }
    if (fault == Fault.KEEPS_THE_FIRST_VALUE) {
      registers.putIfAbsent(register, value);
    } else if (fault != Fault.FORGETS) {
      registers.put(register, value);
    }
    return true;
  }

  private String read(String register) {
    String value = registers.get(register);
    return switch (fault) {
      case ANSWERS_THE_UNWRITTEN -> value == null ? "0000" : value;
      case TAKES_ZERO_FOR_UNWRITTEN -> "0000".equals(value) ? null : value;
      case HAS_SIGNED_VALUES ->
          value == null ? null : "%04X".formatted(Integer.parseInt(value, 16) & 0x7FFF);
      default -> value;
    };
  }

  private String disguised(String reply, String message) {
    if (fault == Fault.IS_SLOW) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(700));
    }
    return switch (fault) {
      case ECHOES -> message;
      case ANSWERS_A_ALONE -> reply.substring(0, 1);
      case REPLIES_IN_LOWER_CASE -> reply.charAt(0) + reply.substring(1).toLowerCase(Locale.ROOT);
      case REPLIES_TWICE -> message.startsWith("W") ? reply + reply : reply;
      case REPLIES_TWICE_TO_READS -> message.startsWith("R") ? reply + reply : reply;
      case REPLIES_TWICE_TO_THE_UNWRITTEN ->
          message.startsWith("R") && reply.equals("X") ? "XX" : reply;
      case ENDS_REPLIES_WITH_A_LINE_END -> reply + "\r\n";
      default -> reply;
    };
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }
}

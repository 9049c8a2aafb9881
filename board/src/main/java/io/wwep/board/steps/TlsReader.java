package io.wwep.board.steps;

import io.wwep.board.steps.Passed.Direction;
import io.wwep.board.steps.Passed.Layer;
import io.wwep.protocol.tls.TlsAlert;
import io.wwep.protocol.tls.TlsNames;
import io.wwep.protocol.tls.TlsRecord;
import java.nio.BufferUnderflowException;
import java.util.Arrays;

/**
 * Reads TLS off the wire, as far as somebody can who has no key: the handshake up to where it is
 * encrypted, and of the rest kind and length. Owned by the connection's event loop.
 */
final class TlsReader {

  private static final int CLIENT_HELLO = 1;
  private static final int SERVER_HELLO = 2;

  /** By these people can tell what answers where TLS was expected. */
  private static final int FIRST_BYTES_KEPT = 64;

  private final Journal journal;
  private final Side sent = new Side(Direction.SENT);
  private final Side received = new Side(Direction.RECEIVED);
  private int version;
  private volatile int group;
  private volatile byte[] first = {};

  TlsReader(Journal journal) {
    this.journal = journal;
  }

  void sent(byte[] bytes) {
    sent.read(bytes);
  }

  void received(byte[] bytes) {
    if (first.length == 0) {
      first = Arrays.copyOf(bytes, Math.min(bytes.length, FIRST_BYTES_KEPT));
    }
    received.read(bytes);
  }

  /** Returns what the server sent first, as far as it is kept; empty when nothing came. */
  byte[] firstBytes() {
    return first.clone();
  }

  /** Whether the server has sent what is no TLS. */
  boolean isForeign() {
    return received.foreign;
  }

  /** Returns the curve on which the two agreed, as in {@code X25519}; empty when none was seen. */
  String group() {
    return group == 0 ? "" : TlsNames.group(group);
  }

  /** One direction. */
  private final class Side {

    private final Direction direction;
    private final RecordReader records = new RecordReader(this::record);
    private byte[] messages = {};
    private boolean encrypted;
    private volatile boolean foreign;

    Side(Direction direction) {
      this.direction = direction;
    }

    void read(byte[] bytes) {
      if (!foreign && !records.read(bytes)) {
        foreign = true;
        journal.add(Passed.text(direction, bytes, "no TLS record"));
      }
    }

    private void record(int type, byte[] record) {
      byte[] body = Arrays.copyOfRange(record, RecordReader.HEADER_BYTES, record.length);
      if (type == TlsRecord.CHANGE_CIPHER_SPEC) {
        encrypted = version != TlsNames.TLS_1_3;
        add(
            Layer.TLS_MESSAGE,
            "ChangeCipherSpec",
            record,
            encrypted ? "encrypted from here on" : "of no meaning in TLS 1.3");
      } else if (type == TlsRecord.HANDSHAKE && !encrypted) {
        messages(body);
      } else if (type == TlsRecord.ALERT && !encrypted && body.length == 2) {
        String level = body[0] == 1 ? "a warning" : "fatal";
        add(Layer.TLS_MESSAGE, "Alert " + alertName(body[1] & 0xFF), record, level);
      } else {
        add(Layer.TLS_RECORD, encryptedName(type), record, "");
      }
    }

    private String encryptedName(int type) {
      return switch (type) {
        case TlsRecord.ALERT -> "encrypted alert";
        case TlsRecord.HANDSHAKE -> "encrypted Finished";
        default -> "encrypted record";
      };
    }

    /** A record may hold several messages, and a message may take several records. */
    private void messages(byte[] more) {
      byte[] all = Arrays.copyOf(messages, messages.length + more.length);
      System.arraycopy(more, 0, all, messages.length, more.length);
      int start = 0;
      while (all.length - start >= 4) {
        int length =
            ((all[start + 1] & 0xFF) << 16)
                | ((all[start + 2] & 0xFF) << 8)
                | (all[start + 3] & 0xFF);
        int end = start + 4 + length;
        if (end > all.length) {
          break;
        }
        message(Arrays.copyOfRange(all, start, end));
        start = end;
      }
      messages = Arrays.copyOfRange(all, start, all.length);
    }

    private void message(byte[] message) {
      int type = message[0] & 0xFF;
      byte[] body = Arrays.copyOfRange(message, 4, message.length);
      try {
        switch (type) {
          case CLIENT_HELLO ->
              add("ClientHello", message, HandshakeWords.client(Hello.ofClient(body)));
          case SERVER_HELLO -> serverHello(message, Hello.ofServer(body));
          default -> add(messageName(type), message, HandshakeWords.details(type, body));
        }
        group = type == 12 && group == 0 ? curve(body) : group;
      } catch (BufferUnderflowException e) {
        add(messageName(type), message, "ends too soon");
      }
    }

    private void serverHello(byte[] message, Hello hello) {
      version = hello.versions().get(0);
      group = hello.retry() || hello.shares().isEmpty() ? 0 : hello.shares().get(0);
      String name = hello.retry() ? "HelloRetryRequest" : "ServerHello";
      add(name, message, HandshakeWords.server(hello));
    }

    private void add(String name, byte[] message, String details) {
      add(Layer.TLS_MESSAGE, name, message, details);
    }

    private void add(Layer layer, String name, byte[] bytes, String details) {
      journal.add(Passed.of(direction, layer, name, bytes, details));
    }
  }

  private static String messageName(int type) {
    return TlsNames.message(type).orElseGet(() -> "handshake message " + type);
  }

  private static String alertName(int number) {
    return TlsAlert.of(number).map(TlsAlert::word).orElseGet(() -> "alert " + number);
  }

  private static int curve(byte[] keyExchange) {
    return keyExchange.length > 3 && keyExchange[0] == 3
        ? ((keyExchange[1] & 0xFF) << 8) | (keyExchange[2] & 0xFF)
        : 0;
  }
}

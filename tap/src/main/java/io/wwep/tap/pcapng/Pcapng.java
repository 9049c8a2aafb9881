package io.wwep.tap.pcapng;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The blocks of a pcapng file (draft-ietf-opsawg-pcapng), in little-endian order:
 *
 * <pre>
 *   type (4)  total length (4)  body  total length (4)
 * </pre>
 *
 * An option in a body is code (2), length (2), value, and zeros up to four bytes.
 */
final class Pcapng {

  private static final int SECTION_HEADER = 0x0A0D0D0A;
  private static final int INTERFACE = 1;
  private static final int ENHANCED_PACKET = 6;
  private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;

  /** LINKTYPE_RAW: a packet begins with its IP header, of version 4 or 6. */
  private static final int RAW_IP = 101;

  private static final int END_OF_OPTIONS = 0;
  private static final int COMMENT = 1;
  private static final int APPLICATION = 4;
  private static final int INTERFACE_NAME = 2;
  private static final int INTERFACE_DESCRIPTION = 3;
  private static final int TIME_RESOLUTION = 9;
  private static final byte NANOSECONDS = 9;
  private static final int FRAME_BYTES = 12;

  /** A rule for each frame of a read can make a long comment, and a length has 16 bits. */
  private static final int TEXT_CHARS_MAX = 4_096;

  private Pcapng() {}

  /** Returns the head of a file. */
  static byte[] section(String application, String comment) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] fixed = new byte[16];
    buffer(fixed).putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0).putLong(-1);
    body.writeBytes(fixed);
    text(body, COMMENT, comment);
    text(body, APPLICATION, application);
    end(body);
    return block(SECTION_HEADER, body.toByteArray());
  }

  /** Returns what names an interface; they are counted from 0 on. */
  static byte[] ofInterface(String name, String description) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] fixed = new byte[8];
    buffer(fixed).putShort((short) RAW_IP).putShort((short) 0).putInt(0);
    body.writeBytes(fixed);
    text(body, INTERFACE_NAME, name);
    text(body, INTERFACE_DESCRIPTION, description);
    option(body, TIME_RESOLUTION, new byte[] {NANOSECONDS});
    end(body);
    return block(INTERFACE, body.toByteArray());
  }

  /**
   * Returns a packet.
   *
   * @param nanos since 1970
   * @param comment null for none
   */
  static byte[] packet(int onInterface, long nanos, byte[] packet, String comment) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] fixed = new byte[20];
    buffer(fixed)
        .putInt(onInterface)
        .putInt((int) (nanos >>> 32))
        .putInt((int) nanos)
        .putInt(packet.length)
        .putInt(packet.length);
    body.writeBytes(fixed);
    body.writeBytes(packet);
    pad(body, packet.length);
    if (comment != null) {
      text(body, COMMENT, comment);
      end(body);
    }
    return block(ENHANCED_PACKET, body.toByteArray());
  }

  private static byte[] block(int type, byte[] body) {
    byte[] block = new byte[FRAME_BYTES + body.length];
    buffer(block).putInt(type).putInt(block.length).put(body).putInt(block.length);
    return block;
  }

  private static void text(ByteArrayOutputStream body, int code, String text) {
    String shown = text.length() <= TEXT_CHARS_MAX ? text : text.substring(0, TEXT_CHARS_MAX) + "…";
    option(body, code, shown.getBytes(StandardCharsets.UTF_8));
  }

  private static void option(ByteArrayOutputStream body, int code, byte[] value) {
    byte[] head = new byte[4];
    buffer(head).putShort((short) code).putShort((short) value.length);
    body.writeBytes(head);
    body.writeBytes(value);
    pad(body, value.length);
  }

  private static void end(ByteArrayOutputStream body) {
    option(body, END_OF_OPTIONS, new byte[0]);
  }

  private static void pad(ByteArrayOutputStream body, int length) {
    body.writeBytes(new byte[-length & 3]);
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}

package io.wwep.it.wireshark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes captures of TCP as a test wants them: pcap with raw IPv4 (link type 101), a packet each
 * millisecond unless it is told the time. Any thread may add packets.
 */
final class TcpPcap {

  private static final int LINK_TYPE_RAW = 101;
  private static final int SNAP_LENGTH = 262_144;
  private static final int HEADERS = 40;
  private static final int FIN = 0x01;
  private static final int SYN = 0x02;
  private static final int PUSH = 0x08;
  private static final int ACK = 0x10;
  private static final int FIRST_CLIENT_PORT = 40_001;
  private static final byte[] CLIENT = {10, 0, 0, 2};
  private static final byte[] SERVER = {10, 0, 0, 1};
  private static final byte[] NOTHING = {};

  private final List<byte[]> packets = new ArrayList<>();
  private int clientPort = FIRST_CLIENT_PORT;
  private long micros;

  /** One connection; each method adds a packet or leaves one out. */
  final class Talk {

    private final int client;
    private final int server;
    private int clientSeq;
    private int serverSeq;

    private Talk(int client, int server, int firstSeq) {
      this.client = client;
      this.server = server;
      clientSeq = firstSeq;
      serverSeq = firstSeq;
    }

    private Talk shakeHands() {
      packet(true, SYN, NOTHING);
      clientSeq++;
      packet(false, SYN | ACK, NOTHING);
      serverSeq++;
      packet(true, ACK, NOTHING);
      return this;
    }

    /** The client sends text; returns the number of the packet. */
    int sends(String text) {
      return sends(text.getBytes(ISO_8859_1));
    }

    int sends(byte[] bytes) {
      int number = packet(true, PUSH | ACK, bytes);
      clientSeq += bytes.length;
      return number;
    }

    /** The server answers; returns the number of the packet. */
    int answers(String text) {
      return answers(text.getBytes(ISO_8859_1));
    }

    int answers(byte[] bytes) {
      int number = packet(false, PUSH | ACK, bytes);
      serverSeq += bytes.length;
      return number;
    }

    /** The client sends again what it sent last. */
    int sendsAgain(String text) {
      return sendsAgain(text, "");
    }

    /** The client sends again what it sent last, and something more. */
    int sendsAgain(String text, String more) {
      clientSeq -= text.length();
      return sends(text + more);
    }

    /** What the client sent was not captured. */
    void losesRequest(String text) {
      clientSeq += text.length();
    }

    /** What the server sent was not captured. */
    void losesReply(String text) {
      serverSeq += text.length();
    }

    /** The client sends its last bytes with its FIN. */
    int sendsAndEnds(String text) {
      int number = packet(true, FIN | PUSH | ACK, text.getBytes(ISO_8859_1));
      clientSeq += text.length() + 1;
      return number;
    }

    void clientEnds() {
      packet(true, FIN | ACK, NOTHING);
      clientSeq++;
    }

    void serverEnds() {
      packet(false, FIN | ACK, NOTHING);
      serverSeq++;
    }

    private int packet(boolean fromClient, int flags, byte[] bytes) {
      int seq = fromClient ? clientSeq : serverSeq;
      int ack = fromClient ? serverSeq : clientSeq;
      ByteBuffer packet = ByteBuffer.allocate(HEADERS + bytes.length);
      packet.putShort((short) 0x4500).putShort((short) (HEADERS + bytes.length)).putInt(0);
      packet.putShort((short) 0x4006).putShort((short) 0);
      packet.put(fromClient ? CLIENT : SERVER).put(fromClient ? SERVER : CLIENT);
      packet.putShort((short) (fromClient ? client : server));
      packet.putShort((short) (fromClient ? server : client));
      packet.putInt(seq).putInt((flags & ACK) == 0 ? 0 : ack);
      packet.putShort((short) (0x5000 | flags)).putShort((short) 0xFFFF).putInt(0).put(bytes);
      return add(packet.array());
    }
  }

  /** Returns a connection to a server's port, from its first packet on. */
  Talk talk(int server) {
    return talk(server, 1_000);
  }

  /** Returns a connection whose both sides count their bytes from a number on. */
  synchronized Talk talk(int server, int firstSeq) {
    return new Talk(clientPort++, server, firstSeq).shakeHands();
  }

  /** Returns a connection of which the capture has not seen the beginning. */
  synchronized Talk talkUnderWay(int server) {
    return new Talk(clientPort++, server, 77_000);
  }

  /** Says when the next packets come, after the first; never backwards. */
  synchronized void at(long microsNow) {
    micros = Math.max(micros, microsNow);
  }

  private synchronized int add(byte[] packet) {
    ByteBuffer record = ByteBuffer.allocate(16 + packet.length).order(ByteOrder.LITTLE_ENDIAN);
    record.putInt(1_700_000_000 + (int) (micros / 1_000_000)).putInt((int) (micros % 1_000_000));
    record.putInt(packet.length).putInt(packet.length).put(packet);
    packets.add(record.array());
    micros += 1_000;
    return packets.size();
  }

  /** Writes the capture. */
  synchronized Path write(Path file) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(0xA1B2C3D4).putShort((short) 2).putShort((short) 4).putLong(0);
    header.putInt(SNAP_LENGTH).putInt(LINK_TYPE_RAW);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(header.array());
    packets.forEach(all::writeBytes);
    return Files.write(file, all.toByteArray());
  }
}

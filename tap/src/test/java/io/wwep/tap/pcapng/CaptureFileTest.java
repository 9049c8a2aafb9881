package io.wwep.tap.pcapng;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A capture on a disk that becomes full. */
class CaptureFileTest {

  private static final String[][] INTERFACES = {{"board", "as in a test"}};

  @TempDir private Path directory;
  private final List<String> told = new ArrayList<>();
  private Path path;

  @BeforeEach
  void name() {
    path = directory.resolve("seen.pcapng");
  }

  /** A disk with room for so many bytes, which takes a part of what is too much, as disks do. */
  private static final class SmallDisk implements SeekableByteChannel {

    private final SeekableByteChannel file;
    private final long room;

    SmallDisk(Path path, long room) throws IOException {
      file = Files.newByteChannel(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      this.room = room;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      int taken = (int) Math.min(bytes.remaining(), room - file.position());
      if (taken == 0) {
        throw new IOException("No space left on device");
      }
      file.write(bytes.slice(bytes.position(), taken));
      bytes.position(bytes.position() + taken);
      return taken;
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
      return file.read(bytes);
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
      file.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
      file.truncate(size);
      return this;
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private CaptureFile on(Path path, long room) throws IOException {
    return CaptureFile.begin(
        path, new SmallDisk(path, room), CaptureFile.BYTES_MAX, "a test", INTERFACES, told::add);
  }

  @Test
  void shouldEndBehindTheLastWholePacketWhenTheDiskIsFull() throws Exception {
    byte[] packet = new byte[100];
    Path whole = directory.resolve("whole.pcapng");
    try (CaptureFile roomy = on(whole, CaptureFile.BYTES_MIN)) {
      roomy.packet(0, packet, null);
      roomy.packet(0, packet, null);
      assertThat(roomy.failure()).isNull();
    }
    long length = Files.size(whole);

    try (CaptureFile full = on(path, length + 30)) {
      for (int i = 0; i < 5; i++) {
        full.packet(0, packet, null);
      }

      assertThat(full.packets()).isEqualTo(2);
      assertThat(full.failure()).isEqualTo("No space left on device");
    }

    assertThat(path).hasSize(length);
    assertThat(told)
        .singleElement()
        .asString()
        .contains("cannot be written any more (No space left on device)", "make room there");
  }
}

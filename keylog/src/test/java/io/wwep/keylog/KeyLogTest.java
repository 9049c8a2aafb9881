package io.wwep.keylog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class KeyLogTest {

  private static final byte[] RANDOM = {1, 2, (byte) 0xAB};
  private static final byte[] SECRET = {(byte) 0xFE, 3};

  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rw-------");

  @TempDir private Path directory;
  private final List<String> troubles = new CopyOnWriteArrayList<>();

  private Path file() {
    return directory.resolve("keys.txt");
  }

  private static boolean hasPermissions(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  @Test
  void shouldAppendLinesThatAreThereAtOnce() throws Exception {
    Files.writeString(file(), "# of yesterday\n");
    if (hasPermissions(file())) {
      Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
    }
    try (KeyLog log = KeyLog.append(file(), troubles::add)) {
      log.add("CLIENT_RANDOM", RANDOM, SECRET);
      await()
          .untilAsserted(
              () -> assertThat(file()).hasContent("# of yesterday\nCLIENT_RANDOM 0102ab fe03\n"));
      log.add("AS IT IS".getBytes(US_ASCII));
      assertThat(log.toString()).doesNotContain("fe03").contains("keys.txt");
    }
    assertThat(Files.readAllLines(file())).endsWith("AS IT IS").hasSize(3);
    assertThat(troubles).isEmpty();
  }

  @Test
  void shouldWriteAllThatWasAddedBeforeTheEndAndNothingBehindIt() throws Exception {
    KeyLog log = KeyLog.append(file(), troubles::add);
    IntStream.range(0, 2_000).forEach(i -> log.add(("line " + i).getBytes(US_ASCII)));
    log.close();
    log.add("too late".getBytes(US_ASCII));
    log.close();

    assertThat(Files.readAllLines(file()))
        .isEqualTo(IntStream.range(0, 2_000).mapToObj(i -> "line " + i).toList());
  }

  @Test
  void shouldMakeTheFileForItsOwnerAlone() throws Exception {
    assumeTrue(hasPermissions(file()), "there are no permissions here");
    KeyLog.append(file(), troubles::add).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void shouldRefuseAFileThatOthersMayRead() throws Exception {
    assumeTrue(hasPermissions(file()), "there are no permissions here");
    Files.createFile(file());
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> KeyLog.append(file(), troubles::add))
        .isInstanceOf(KeyLogException.class)
        .hasMessageContaining("is open to others (rw-r--r--)")
        .hasMessageContaining("'chmod 600 " + file() + "'");
  }

  @Test
  void shouldRefuseAFileOfSomebodyElse() throws Exception {
    assumeTrue(hasPermissions(file()), "there are no permissions here");
    Files.createFile(file(), PosixFilePermissions.asFileAttribute(OWNERS));
    try {
      Files.setOwner(
          file(),
          file().getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    } catch (IOException notAllowed) {
      assumeTrue(false, "only a superuser gives files away");
    }

    assertThatThrownBy(() -> KeyLog.append(file(), troubles::add))
        .isInstanceOf(KeyLogException.class)
        .hasMessageContaining("belongs to nobody")
        .hasMessageEndingWith("give a file of your own");
    assertThat(file()).isEmptyFile();
  }

  @Test
  void shouldRefuseASymbolicLink() throws Exception {
    assumeTrue(hasPermissions(file()), "there are no permissions here");
    Path target = directory.resolve("elsewhere.txt");
    Files.createSymbolicLink(file(), target);
    assertThatThrownBy(() -> KeyLog.append(file(), troubles::add))
        .isInstanceOf(KeyLogException.class)
        .hasMessageContaining("is a symbolic link")
        .hasMessageEndingWith("give the name of the file itself");
    assertThat(target).doesNotExist();

    Files.createFile(target, PosixFilePermissions.asFileAttribute(OWNERS));
    assertThatThrownBy(() -> KeyLog.append(file(), troubles::add))
        .isInstanceOf(KeyLogException.class)
        .hasMessageContaining("is a symbolic link");
  }

  @Test
  void shouldTellOnceThatKeysAreMissingUntilTheyAreThereAgain() {
    try (KeyLog log = KeyLog.append(file(), troubles::add)) {
      log.missed();
      log.missed();
      assertThat(troubles).hasSize(1);
      log.complete();
      log.missed();
      assertThat(troubles).hasSize(2);
    }
  }

  @Test
  void shouldRefuseWhatIsNoFile() {
    assertThatThrownBy(() -> KeyLog.append(directory, troubles::add))
        .isInstanceOf(KeyLogException.class)
        .hasMessageEndingWith("is a directory: give the name of a file");
    assertThatThrownBy(() -> KeyLog.append(directory.resolve("no/keys.txt"), troubles::add))
        .isInstanceOf(KeyLogException.class)
        .hasMessageContaining("cannot be written (no such directory)");
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device), "there are no devices here");
    assertThatThrownBy(() -> KeyLog.append(device, troubles::add))
        .isInstanceOf(KeyLogException.class)
        .hasMessageContaining("is no regular file");
  }

  /** A disk that is full for a while, in the middle of a line too. */
  private static final class FullDisk implements WritableByteChannel {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final AtomicInteger room = new AtomicInteger();

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      int count = Math.min(room.get(), bytes.remaining());
      if (count == 0) {
        throw new IOException("No space left on device");
      }
      byte[] part = new byte[count];
      bytes.get(part);
      written.writeBytes(part);
      room.addAndGet(-count);
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  @Test
  void shouldTellOnceThatTheDiskIsFullAndGoOnWithAWholeLine() {
    FullDisk disk = new FullDisk();
    disk.room.set(5);
    try (KeyLog log = new KeyLog(file(), disk, troubles::add)) {
      log.add("first line".getBytes(US_ASCII));
      await().until(() -> troubles.size() == 1);
      log.add("second line".getBytes(US_ASCII));
      disk.room.set(1_000);
      log.add("third line".getBytes(US_ASCII));
    }

    assertThat(troubles)
        .singleElement()
        .asString()
        .contains("keys.txt (No space left on device)")
        .endsWith("make room there");
    assertThat(disk.written.toString(US_ASCII)).startsWith("first\n").endsWith("\nthird line\n");
  }

  @Test
  void shouldNeitherWaitForADiskThatHangsNorKeepWithoutBound() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    FullDisk disk = new FullDisk();
    disk.room.set(Integer.MAX_VALUE);
    WritableByteChannel slow =
        new WritableByteChannel() {
          @Override
          public int write(ByteBuffer bytes) throws IOException {
            try {
              hanging.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            return disk.write(bytes);
          }

          @Override
          public boolean isOpen() {
            return true;
          }

          @Override
          public void close() {}
        };
    List<byte[]> lines = new ArrayList<>();
    IntStream.range(0, 2 * KeyLog.LINES_MAX + 10).forEach(i -> lines.add(new byte[] {'x'}));
    KeyLog log = new KeyLog(file(), slow, troubles::add);
    lines.forEach(log::add);
    log.close(); // does not wait for ever
    hanging.countDown();

    await().until(() -> !troubles.isEmpty());
    assertThat(troubles).singleElement().asString().contains("lines of the key log", "were lost");
  }
}

package dev.neurite.mnist.files;

import static dev.neurite.mnist.files.IdxBytes.gz;
import static dev.neurite.mnist.files.IdxBytes.idx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdxReaderTest {
  private static final int CORRUPTIONS =
      Math.max(2_000, Integer.getInteger("neurite.fuzz.cases", 0));

  /** What reading a file of a few kilobytes may allocate: two stream buffers and the content. */
  private static final long SMALL_FILE_ALLOCATION = 512 * 1024;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "0x08, 1, FF, 255",
    "0x09, 1, FF, -1",
    "0x0B, 2, FFFE, -2",
    "0x0C, 4, 00010000, 65536",
    "0x0D, 4, 3FC00000, 1.5",
    "0x0E, 8, C000000000000000, -2",
  })
  void readsEveryElementTypePlainAndGz(String code, int bytes, String element, double value)
      throws IOException {
    byte[] data = new byte[3 * bytes];
    byte[] second = HexFormat.of().parseHex(element);
    System.arraycopy(second, 0, data, bytes, bytes);
    byte[] file = idx(Integer.decode(code), data, 3);
    for (byte[] content : new byte[][] {file, gz(file)}) {
      IdxArray array = IdxReader.read(write(content));
      assertThat(array.type().code()).isEqualTo(Integer.decode(code));
      assertThat(array.size()).isEqualTo(3);
      assertThat(array.value(0)).isZero();
      assertThat(array.value(1)).isEqualTo(value);
      assertThat(array.value(2)).isZero();
      assertThat(array.bytes()).isEqualTo(data);
    }
    assertThat(IdxType.values()).hasSize(6);
  }

  @Test
  void readsAnyNumberOfDimensions() throws IOException {
    IdxArray scalar = IdxReader.read(write(idx(0x08, new byte[] {7})));
    assertThat(scalar.dimensions()).isEmpty();
    assertThat(scalar.value(0)).isEqualTo(7);

    IdxArray five = IdxReader.read(write(idx(0x08, new byte[24], 2, 1, 3, 1, 4)));
    assertThat(five.dimensions()).containsExactly(2, 1, 3, 1, 4);
    assertThat(five.magic()).isEqualTo(0x0805);

    int[] ones = new int[255];
    Arrays.fill(ones, 1);
    assertThat(IdxReader.read(write(idx(0x08, new byte[1], ones))).dimensions()).hasSize(255);

    IdxArray empty =
        IdxReader.read(write(idx(0x0E, new byte[0], Integer.MAX_VALUE, Integer.MAX_VALUE, 0)));
    assertThat(empty.size()).isZero();
  }

  @Test
  void readsContentThatIsFarLargerThanTheFirstAllocationFromAStream() throws IOException {
    byte[] data = new byte[300_001];
    new Random(1).nextBytes(data);
    byte[] file = idx(0x08, data, data.length);
    assertThat(IdxReader.read(new ByteArrayInputStream(file), "stream").bytes()).isEqualTo(data);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0000", "000008", "0000080200000001", "00000801"})
  void refusesACutHeader(String hex) throws IOException {
    assertRefused(HexFormat.of().parseHex(hex), "header cut off", "whole IDX header");
  }

  @ParameterizedTest
  @ValueSource(strings = {"50", "01000801", "00010801", "00000a01", "00000001", "00000f01"})
  void refusesAWrongStart(String hex) throws IOException {
    byte[] start = HexFormat.of().parseHex(hex);
    assertRefused(Arrays.copyOf(start, 64), "starts with the bytes", "element type");
  }

  @Test
  void refusesCutDataAndExtraBytes() throws IOException {
    byte[] file = idx(0x0B, new byte[20], 2, 5);
    for (boolean gz : new boolean[] {false, true}) {
      byte[] cut = Arrays.copyOf(file, file.length - 1);
      assertRefused(gz ? gz(cut) : cut, "cut off after 19 bytes", "20 bytes");
      byte[] longer = Arrays.copyOf(file, file.length + 1);
      assertRefused(gz ? gz(longer) : longer, "extra bytes", "the 20 bytes");
    }
  }

  @Test
  void refusesImpossibleDimensions() throws IOException {
    assertRefused(idx(0x08, new byte[0], -1), "a dimension of 4294967295", "at most 2147483647");
    assertRefused(
        idx(0x0E, new byte[0], 1 << 30, 2), "1073741824×2 of 8-byte elements", "2147483639 bytes");
    int[] huge = new int[255];
    Arrays.fill(huge, Integer.MAX_VALUE);
    assertRefused(idx(0x08, new byte[0], huge), "of 1-byte elements", "2147483639 bytes");
  }

  @Test
  void refusesDamagedGzData() throws IOException {
    byte[] file = gz(idx(0x08, new byte[1000], 1000));
    assertRefused(Arrays.copyOf(file, file.length - 3), "damaged gz data", "whole gz file");
    byte[] wrongSum = file.clone();
    wrongSum[file.length - 6] ^= 1;
    assertRefused(wrongSum, "damaged gz data", "whole gz file");
    assertRefused(new byte[] {0x1f, (byte) 0x8b}, "damaged gz data", "whole gz file");
  }

  @Test
  void faultsThatAreNotInTheContentKeepTheirKind() {
    assertThatThrownBy(() -> IdxReader.read(directory.resolve("none")))
        .isInstanceOfAny(NoSuchFileException.class, FileNotFoundException.class);
  }

  @Test
  void aClaimWithoutTheBytesAllocatesNothing() throws IOException {
    byte[] claim = idx(0x08, new byte[10], 2_000_000_000);
    assertThat(allocationOfRefusal(write(claim))).isLessThan(SMALL_FILE_ALLOCATION);
    byte[] gz = gz(claim);
    assertThat(allocationOfRefusal(write(gz))).isLessThan(SMALL_FILE_ALLOCATION);
    ByteBuffer.wrap(gz, gz.length - 4, 4).putInt(-1); // the end claims 4 GB too
    assertThat(allocationOfRefusal(write(gz))).isLessThan(SMALL_FILE_ALLOCATION);
  }

  @Test
  void aGzBombIsStoppedBehindTheDeclaredSize() throws IOException {
    Path bomb = write(gz(idx(0x08, new byte[50_000_000], 10)));
    assertThat(allocationOfRefusal(bomb)).isLessThan(SMALL_FILE_ALLOCATION);
  }

  @Test
  void randomCorruptionsAreRefusedOrReadRight() throws IOException {
    byte[] pixels = new byte[20 * 28 * 28];
    Random random = new Random(20_240_607);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : 0);
    }
    byte[] plain = idx(0x08, pixels, 20, 28, 28);
    byte[] gz = gz(plain);
    int refused = 0;
    int read = 0;
    for (int i = 0; i < CORRUPTIONS; i++) {
      byte[] corrupt = corrupt(i % 2 == 0 ? plain : gz, random);
      Path file = write(corrupt);
      long before = allocatedBytes();
      IdxArray array = null;
      try {
        array = IdxReader.read(file);
        read++;
      } catch (IdxFormatException e) {
        assertThat(e.file()).isEqualTo(file.toString());
        refused++;
      }
      assertThat(allocatedBytes() - before)
          .as("corruption %d", i)
          .isLessThan(SMALL_FILE_ALLOCATION);
      if (array != null) {
        byte[] again =
            idx(
                array.type().code(),
                array.bytes(),
                array.dimensions().stream().mapToInt(Integer::intValue).toArray());
        assertThat(again).as("corruption %d", i).isEqualTo(plainContent(corrupt));
      }
    }
    assertThat(refused).isGreaterThan(CORRUPTIONS / 2);
    assertThat(read).isGreaterThan(CORRUPTIONS / 100);
  }

  /** Cuts, flips bits, overwrites bytes, inflates the header's lengths, or appends. */
  private static byte[] corrupt(byte[] file, Random random) {
    byte[] corrupt = file.clone();
    switch (random.nextInt(6)) {
      case 0 -> corrupt = Arrays.copyOf(file, random.nextInt(file.length));
      case 1 -> {
        for (int i = 0; i <= random.nextInt(4); i++) {
          corrupt[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 2 -> corrupt[random.nextInt(20)] = (byte) random.nextInt(256);
      case 3 -> ByteBuffer.wrap(corrupt).putInt(4 * (1 + random.nextInt(3)), random.nextInt());
      case 4 -> corrupt = Arrays.copyOf(file, file.length + 1 + random.nextInt(100));
      default -> ByteBuffer.wrap(corrupt).putInt(file.length - 4, random.nextInt());
    }
    return corrupt;
  }

  private static byte[] plainContent(byte[] file) throws IOException {
    if (file[0] != 0x1f) {
      return file;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
      return in.readAllBytes();
    }
  }

  private void assertRefused(byte[] content, String received, String needed) throws IOException {
    Path file = write(content);
    assertThatExceptionOfType(IdxFormatException.class)
        .isThrownBy(() -> IdxReader.read(file))
        .satisfies(
            e -> {
              assertThat(e.file()).isEqualTo(file.toString());
              assertThat(e.received()).contains(received);
              assertThat(e.needed()).contains(needed);
            })
        .withMessageContainingAll(file.toString(), received, needed);
  }

  private static long allocationOfRefusal(Path file) {
    long before = allocatedBytes();
    try {
      IdxReader.read(file);
    } catch (IOException e) {
      long allocated = allocatedBytes() - before;
      assertThat(e).isInstanceOf(IdxFormatException.class);
      return allocated;
    }
    throw new AssertionError(file + " was read");
  }

  private static long allocatedBytes() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    assertThat(bytes).isPositive();
    return bytes;
  }

  private Path write(byte[] content) throws IOException {
    return Files.write(directory.resolve("file"), content);
  }
}

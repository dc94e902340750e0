package dev.neurite.nn.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The content of a safetensors file: texts, float tensors and byte tensors.
 *
 * <p>Written are {@code F32}, {@code F16} and {@code U8}, wider numbers first, so that each stands
 * at a multiple of its size; {@code BF16} is read too.
 *
 * @param metadata texts by key
 * @param tensors by name, in the order of the file
 * @param bytes one-dimensional tensors of unsigned bytes, by name
 */
record SafetensorsFile(
    Map<String, String> metadata, Map<String, Tensor> tensors, Map<String, byte[]> bytes) {
  private static final String METADATA = "__metadata__";
  private static final int LENGTH_BYTES = 8;

  /** Longest header that is read; ours are some kilobytes. */
  private static final int MAX_HEADER_BYTES = 16 << 20;

  /** Tensors start at multiples of this, so that they can be mapped into memory. */
  private static final int ALIGNMENT = 8;

  private static final int WRITE_BUFFER_BYTES = 1 << 16;

  private static final String BYTES_DTYPE = "U8";

  /** The dtypes that are read, and the bytes of an element. */
  private static final Map<String, Integer> ELEMENT_BYTES =
      Map.of("F32", Float.BYTES, "F16", Short.BYTES, "BF16", Short.BYTES, BYTES_DTYPE, Byte.BYTES);

  /** Where a tensor stands. */
  private record Entry(
      String name, String dtype, int elementBytes, List<Integer> shape, long begin, long end) {
    int elements() {
      return (int) ((end - begin) / elementBytes);
    }
  }

  /** A file without byte tensors. */
  SafetensorsFile(Map<String, String> metadata, Map<String, Tensor> tensors) {
    this(metadata, tensors, Map.of());
  }

  private List<Tensor> widestFirst() {
    List<Tensor> sorted = new ArrayList<>(tensors.values());
    sorted.sort(Comparator.comparingInt(tensor -> -tensor.format().bytes()));
    return sorted;
  }

  /** Writes the file, whole or not at all. */
  void write(Path file) throws IOException {
    byte[] header = header();
    AtomicFile.write(
        file,
        channel -> {
          ByteBuffer start =
              ByteBuffer.allocate(LENGTH_BYTES + header.length).order(ByteOrder.LITTLE_ENDIAN);
          writeFully(channel, start.putLong(header.length).put(header).flip());
          ByteBuffer buffer =
              ByteBuffer.allocate(WRITE_BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
          for (Tensor tensor : widestFirst()) {
            writeValues(channel, buffer, tensor);
          }
          for (byte[] values : bytes.values()) {
            writeFully(channel, ByteBuffer.wrap(values));
          }
        });
  }

  private static void writeValues(FileChannel channel, ByteBuffer buffer, Tensor tensor)
      throws IOException {
    int size = tensor.size();
    int bytes = tensor.format().bytes();
    int perBuffer = buffer.capacity() / bytes;
    for (int from = 0; from < size; from += perBuffer) {
      int count = Math.min(perBuffer, size - from);
      buffer.clear();
      switch (tensor.format()) {
        case FLOAT32 -> buffer.asFloatBuffer().put(tensor.values(), from, count);
        case FLOAT16 -> {
          for (int i = 0; i < count; i++) {
            buffer.putShort(i * bytes, HalfFloat.fromFloat(tensor.values()[from + i]));
          }
        }
      }
      writeFully(channel, buffer.limit(count * bytes));
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private byte[] header() throws IOException {
    ObjectNode header = Json.MAPPER.createObjectNode();
    ObjectNode texts = header.putObject(METADATA);
    metadata.forEach(texts::put);
    long offset = 0;
    for (Tensor tensor : widestFirst()) {
      long end = offset + (long) tensor.size() * tensor.format().bytes();
      putEntry(header, tensor.name(), tensor.format().dtype(), tensor.shape(), offset, end);
      offset = end;
    }
    for (Map.Entry<String, byte[]> tensor : bytes.entrySet()) {
      int length = tensor.getValue().length;
      putEntry(header, tensor.getKey(), BYTES_DTYPE, List.of(length), offset, offset + length);
      offset += length;
    }
    byte[] json = Json.MAPPER.writeValueAsBytes(header);
    int padding = (ALIGNMENT - (json.length + LENGTH_BYTES) % ALIGNMENT) % ALIGNMENT;
    byte[] padded = new byte[json.length + padding];
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    System.arraycopy(json, 0, padded, 0, json.length);
    return padded;
  }

  private static void putEntry(
      ObjectNode header, String name, String dtype, List<Integer> shape, long begin, long end) {
    ObjectNode entry = header.putObject(name);
    entry.put("dtype", dtype);
    ArrayNode dimensions = entry.putArray("shape");
    shape.forEach(dimensions::add);
    entry.putArray("data_offsets").add(begin).add(end);
  }

  /**
   * Reads a file of float and byte tensors; 16-bit floats become 32-bit floats of the same value.
   *
   * @throws ModelFormatException if it is not a valid safetensors file or holds other types
   * @throws IOException if it cannot be read
   */
  static SafetensorsFile read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(file.toString(), channel);
    } catch (EOFException e) {
      throw new ModelFormatException(file.toString(), 0, "the file became shorter while reading");
    }
  }

  private static SafetensorsFile read(String name, FileChannel channel) throws IOException {
    long size = channel.size();
    int length = headerLength(name, channel);
    ObjectNode header = parseHeader(name, read(channel, LENGTH_BYTES, length).array());
    long dataStart = LENGTH_BYTES + length;
    List<Entry> entries = new ArrayList<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (field.getKey().equals(METADATA)) {
        readMetadata(name, field.getValue(), metadata);
      } else {
        entries.add(readEntry(name, field.getKey(), field.getValue(), size - dataStart));
      }
    }
    requireNoHoles(name, entries, dataStart, size - dataStart);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    for (Entry entry : entries) {
      long position = dataStart + entry.begin;
      if (entry.dtype.equals(BYTES_DTYPE)) {
        bytes.put(entry.name, read(channel, position, entry.elements()).array());
        continue;
      }
      float[] values = new float[entry.elements()];
      if (entry.dtype.equals("F32")) {
        readValues(channel, position, values);
      } else {
        readHalves(channel, position, entry.dtype.equals("BF16"), values);
      }
      tensors.put(entry.name, new Tensor(entry.name, entry.shape, values));
    }
    return new SafetensorsFile(metadata, tensors, bytes);
  }

  private static int headerLength(String name, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < LENGTH_BYTES) {
      throw new ModelFormatException(
          name, size, "the file has %d bytes, a header length needs 8".formatted(size));
    }
    long length = read(channel, 0, LENGTH_BYTES).getLong();
    if (length < 2 || length > size - LENGTH_BYTES || length > MAX_HEADER_BYTES) {
      throw new ModelFormatException(
          name,
          0,
          "header length is %s, needed is 2...%d"
              .formatted(
                  Long.toUnsignedString(length),
                  Math.max(2, Math.min(size - LENGTH_BYTES, MAX_HEADER_BYTES))));
    }
    return (int) length;
  }

  /**
   * Reads the texts of a file and none of its tensors.
   *
   * @throws ModelFormatException if its header is not that of a safetensors file
   * @throws IOException if it cannot be read
   */
  static Map<String, String> readMetadata(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      String name = file.toString();
      int length = headerLength(name, channel);
      ObjectNode header = parseHeader(name, read(channel, LENGTH_BYTES, length).array());
      Map<String, String> metadata = new LinkedHashMap<>();
      if (header.get(METADATA) != null) {
        readMetadata(name, header.get(METADATA), metadata);
      }
      return metadata;
    } catch (EOFException e) {
      throw new ModelFormatException(file.toString(), 0, "the file became shorter while reading");
    }
  }

  private static ByteBuffer read(FileChannel channel, long position, int length)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    readFully(channel, position, buffer);
    return buffer.flip();
  }

  private static void readFully(FileChannel channel, long position, ByteBuffer buffer)
      throws IOException {
    long at = position;
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, at);
      if (count < 0) {
        throw new EOFException();
      }
      at += count;
    }
  }

  private static void readValues(FileChannel channel, long position, float[] values)
      throws IOException {
    ByteBuffer buffer =
        ByteBuffer.allocate((int) Math.min(WRITE_BUFFER_BYTES, (long) values.length * Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    int perBuffer = buffer.capacity() / Float.BYTES;
    for (int from = 0; from < values.length; from += perBuffer) {
      int count = Math.min(perBuffer, values.length - from);
      buffer.clear().limit(count * Float.BYTES);
      readFully(channel, position + (long) from * Float.BYTES, buffer);
      buffer.flip().asFloatBuffer().get(values, from, count);
    }
  }

  private static void readHalves(FileChannel channel, long position, boolean bfloat, float[] values)
      throws IOException {
    ByteBuffer buffer =
        ByteBuffer.allocate((int) Math.min(WRITE_BUFFER_BYTES, (long) values.length * Short.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    int perBuffer = buffer.capacity() / Short.BYTES;
    for (int from = 0; from < values.length; from += perBuffer) {
      int count = Math.min(perBuffer, values.length - from);
      buffer.clear().limit(count * Short.BYTES);
      readFully(channel, position + (long) from * Short.BYTES, buffer);
      for (int i = 0; i < count; i++) {
        short half = buffer.getShort(i * Short.BYTES);
        values[from + i] = bfloat ? HalfFloat.fromBfloat16(half) : HalfFloat.toFloat(half);
      }
    }
  }

  private static ObjectNode parseHeader(String name, byte[] bytes) throws ModelFormatException {
    try {
      if (bytes[0] == '{' && Json.tree(bytes) instanceof ObjectNode header) {
        return header;
      }
    } catch (JsonProcessingException e) {
      throw new ModelFormatException(
          name, LENGTH_BYTES, "the header is no valid JSON: " + e.getOriginalMessage());
    }
    throw new ModelFormatException(name, LENGTH_BYTES, "the header is no JSON object");
  }

  private static void readMetadata(String name, JsonNode node, Map<String, String> metadata)
      throws ModelFormatException {
    for (Map.Entry<String, JsonNode> text : node.properties()) {
      if (!text.getValue().isTextual()) {
        throw new ModelFormatException(
            name, LENGTH_BYTES, "metadata \"%s\" is no text".formatted(text.getKey()));
      }
      metadata.put(text.getKey(), text.getValue().asText());
    }
  }

  private static Entry readEntry(String name, String tensor, JsonNode node, long available)
      throws ModelFormatException {
    String dtype = node.path("dtype").asText();
    Integer elementBytes = ELEMENT_BYTES.get(dtype);
    if (elementBytes == null) {
      throw new ModelFormatException(
          name,
          LENGTH_BYTES,
          "tensor \"%s\" has the dtype \"%s\", needed is F32, F16, BF16 or U8"
              .formatted(tensor, dtype));
    }
    List<Integer> shape = new ArrayList<>();
    long size = 1;
    for (JsonNode dimension : node.path("shape")) {
      if (!dimension.isInt() || dimension.intValue() < 0) {
        throw new ModelFormatException(
            name,
            LENGTH_BYTES,
            "tensor \"%s\" has the dimension %s, needed is a whole number from 0"
                .formatted(tensor, dimension));
      }
      shape.add(dimension.intValue());
      size = Math.min(size * dimension.intValue(), Integer.MAX_VALUE);
    }
    JsonNode offsets = node.path("data_offsets");
    if (!node.path("shape").isArray()
        || offsets.size() != 2
        || !offsets.get(0).isIntegralNumber()
        || !offsets.get(1).isIntegralNumber()) {
      throw new ModelFormatException(
          name, LENGTH_BYTES, "tensor \"%s\" needs a shape and two data_offsets".formatted(tensor));
    }
    long begin = offsets.get(0).asLong(-1);
    long end = offsets.get(1).asLong(-1);
    if (!offsets.get(0).canConvertToLong()
        || !offsets.get(1).canConvertToLong()
        || begin < 0
        || end > available
        || end - begin != size * elementBytes) {
      throw new ModelFormatException(
          name,
          LENGTH_BYTES,
          "tensor \"%s\" of shape %s stands at %s of %d data bytes, needed are %d bytes"
              .formatted(tensor, shape, offsets, available, size * elementBytes));
    }
    return new Entry(tensor, dtype, elementBytes, shape, begin, end);
  }

  private static void requireNoHoles(
      String name, List<Entry> entries, long dataStart, long available)
      throws ModelFormatException {
    List<Entry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long end = 0;
    for (Entry entry : sorted) {
      if (entry.begin != end) {
        throw new ModelFormatException(
            name,
            dataStart + end,
            "tensor \"%s\" begins at data byte %d, needed is %d"
                .formatted(entry.name, entry.begin, end));
      }
      end = entry.end;
    }
    if (end != available) {
      throw new ModelFormatException(
          name,
          dataStart + end,
          "the tensors end at data byte %d, the file has %d data bytes".formatted(end, available));
    }
  }
}

package dev.neurite.mnist.files;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/**
 * The content of an IDX file: elements of one type in a row-major array of any number of
 * dimensions.
 *
 * <p>The elements stay the bytes of the file, so that 55 MB of pixels are held once.
 */
public final class IdxArray {
  private final IdxType type;
  private final List<Integer> dimensions;
  private final byte[] data;

  IdxArray(IdxType type, List<Integer> dimensions, byte[] data) {
    this.type = type;
    this.dimensions = List.copyOf(dimensions);
    this.data = data;
  }

  /** Type of the elements. */
  public IdxType type() {
    return type;
  }

  /** Length of each dimension, outermost first; empty for a single element without dimensions. */
  public List<Integer> dimensions() {
    return dimensions;
  }

  /**
   * The first four bytes of the file as a number: type and number of dimensions, for example 2051
   * for MNIST images and 2049 for labels.
   */
  public int magic() {
    return type.code() << 8 | dimensions.size();
  }

  /** Number of elements, the product of the dimensions. */
  public int size() {
    return data.length / type.bytes();
  }

  /**
   * An element as a number.
   *
   * @param index position in row-major order, in [0, size)
   */
  public double value(int index) {
    return type.value(ByteBuffer.wrap(data), Objects.checkIndex(index, size()) * type.bytes());
  }

  /** The elements as stored, most significant byte first: the array itself, not a copy. */
  public byte[] bytes() {
    return data;
  }
}

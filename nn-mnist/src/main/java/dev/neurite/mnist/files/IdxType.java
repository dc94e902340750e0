package dev.neurite.mnist.files;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The element types of IDX files; all are stored with the most significant byte first. */
public enum IdxType {
  /** Unsigned bytes, 0...255: the type of MNIST images and labels. */
  UNSIGNED_BYTE(0x08, Byte.BYTES),
  /** Signed bytes, -128...127. */
  BYTE(0x09, Byte.BYTES),
  /** 16-bit signed integers. */
  SHORT(0x0B, Short.BYTES),
  /** 32-bit signed integers. */
  INT(0x0C, Integer.BYTES),
  /** 32-bit floats. */
  FLOAT(0x0D, Float.BYTES),
  /** 64-bit floats. */
  DOUBLE(0x0E, Double.BYTES);

  private final int code;
  private final int bytes;

  IdxType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** The type of a code byte, the third byte of a file. */
  public static Optional<IdxType> ofCode(int code) {
    for (IdxType type : values()) {
      if (type.code == code) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The code byte, the third byte of a file. */
  public int code() {
    return code;
  }

  /** Size of an element in bytes. */
  public int bytes() {
    return bytes;
  }

  /** The element that starts at byte {@code position} of big-endian {@code data}. */
  double value(ByteBuffer data, int position) {
    return switch (this) {
      case UNSIGNED_BYTE -> data.get(position) & 0xFF;
      case BYTE -> data.get(position);
      case SHORT -> data.getShort(position);
      case INT -> data.getInt(position);
      case FLOAT -> data.getFloat(position);
      case DOUBLE -> data.getDouble(position);
    };
  }
}

package dev.neurite.nn.io;

/** How a number is stored in a file. */
public enum FloatFormat {
  /** 32-bit floats, as the network computes with: nothing is lost. */
  FLOAT32("F32", Float.BYTES),
  /**
   * IEEE 754 binary16: half the size, about three decimal digits; each weight is rounded to the
   * nearest, of two equally near to the even one.
   */
  FLOAT16("F16", Short.BYTES);

  private final String dtype;
  private final int bytes;

  FloatFormat(String dtype, int bytes) {
    this.dtype = dtype;
    this.bytes = bytes;
  }

  /** The name of the type in a safetensors header. */
  String dtype() {
    return dtype;
  }

  /** A value as this format keeps it. */
  float rounded(float value) {
    return switch (this) {
      case FLOAT32 -> value;
      case FLOAT16 -> HalfFloat.toFloat(HalfFloat.fromFloat(value));
    };
  }

  /** Bytes of a number. */
  int bytes() {
    return bytes;
  }
}

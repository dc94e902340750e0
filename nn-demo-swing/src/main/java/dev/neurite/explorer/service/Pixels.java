package dev.neurite.explorer.service;

import java.util.ArrayList;
import java.util.List;

/** Numbers as lists, which cannot change under their reader. */
final class Pixels {
  private Pixels() {}

  static List<Float> listOf(float[] values) {
    List<Float> list = new ArrayList<>(values.length);
    for (float value : values) {
      list.add(value);
    }
    return list;
  }
}

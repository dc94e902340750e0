package dev.neurite.explorer.testbench;

import dev.neurite.explorer.service.OutsidePicture;
import dev.neurite.explorer.text.Texts;

/** Says why a picture gives no digit. */
final class Problems {
  private Problems() {}

  static String of(OutsidePicture.Outcome read) {
    return read.problem().isEmpty()
        ? Texts.format("slots.noInk", read.name())
        : Texts.format("slots.unreadable", read.problem());
  }
}

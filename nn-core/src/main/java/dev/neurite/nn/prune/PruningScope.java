package dev.neurite.nn.prune;

import java.util.Locale;

/** Among which weights or units the smallest are looked for. */
public enum PruningScope {
  /** Among those of all layers together, so that layers lose different shares. */
  GLOBAL,
  /** Among those of each layer apart, so that every layer loses the same share. */
  LAYER;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

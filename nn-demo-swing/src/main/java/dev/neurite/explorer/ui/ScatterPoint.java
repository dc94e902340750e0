package dev.neurite.explorer.ui;

import java.util.List;

/**
 * An example on a map.
 *
 * @param x where
 * @param y where
 * @param digit its class
 * @param pixels 28×28
 */
public record ScatterPoint(float x, float y, int digit, List<Float> pixels) {}

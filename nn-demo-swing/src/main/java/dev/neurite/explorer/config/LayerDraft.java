package dev.neurite.explorer.config;

import dev.neurite.nn.model.Activation;

/**
 * A hidden layer as it stands in the form.
 *
 * @param units as typed
 * @param activation what the units do to their sums
 * @param dropout rate after the layer, as typed
 */
public record LayerDraft(String units, Activation.Function activation, String dropout) {}

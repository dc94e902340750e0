package dev.neurite.nn.model;

/** What a layer is; an immutable value. */
public sealed interface LayerSpec permits DenseSpec, DropoutSpec, RescalingSpec {}

package dev.neurite.explorer.inspect;

/** What the user looks at. */
public enum InspectTab {
  /** The weights of a layer. */
  WEIGHTS,
  /** What each layer says to the digit. */
  FLOW,
  /** What the pixels do to an answer. */
  SALIENCY,
  /** How test images lie in a hidden layer. */
  MAP
}

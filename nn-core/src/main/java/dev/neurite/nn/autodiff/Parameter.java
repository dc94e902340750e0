package dev.neurite.nn.autodiff;

import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A named variable that training changes; it lives longer than any tape.
 *
 * <p>A kernel may have a {@link Mask}; then its pruned elements are exactly 0, and every optimiser
 * keeps them so at every step.
 */
public final class Parameter extends Variable {
  /** What a parameter is to its layer. */
  public enum Role {
    /** Weights of connections: {@code in × out}. */
    KERNEL,
    /** Added to every row: {@code 1 × out}; never decayed, never pruned. */
    BIAS
  }

  private final String name;
  private final Role role;
  private @Nullable Mask mask;

  /**
   * Makes a parameter around a matrix.
   *
   * @param name unique within its model, for example {@code dense1.kernel}
   * @param role what it is to its layer
   * @param value its values; kept, not copied
   */
  public Parameter(String name, Role role, FMatrixRMaj value) {
    super(value, true);
    this.name = name;
    this.role = role;
  }

  /** The name. */
  public String name() {
    return name;
  }

  /** What it is to its layer. */
  public Role role() {
    return role;
  }

  /** Which elements are kept, or null if none is pruned. */
  public @Nullable Mask mask() {
    return mask;
  }

  /**
   * Prunes: sets the elements that a mask does not keep to 0, for good.
   *
   * @param newMask within the mask that is there, if there is one
   * @throws IllegalArgumentException if this is a bias, the mask has another shape, or it keeps an
   *     element that is pruned already
   */
  public void prune(Mask newMask) {
    if (role == Role.BIAS) {
      throw new IllegalArgumentException(name + " is a bias, only kernels are pruned");
    }
    if (newMask.rows() != rows() || newMask.columns() != columns()) {
      throw new IllegalArgumentException(
          "%s needs a mask of %s, received a %s".formatted(name, shape(), newMask));
    }
    if (mask != null && !newMask.isWithin(mask)) {
      throw new IllegalArgumentException(
          "%s: the new mask keeps weights that are pruned already".formatted(name));
    }
    setPruned(newMask);
  }

  /**
   * Takes over the values and the mask of another parameter, whatever was pruned before.
   *
   * @throws IllegalArgumentException if it has another shape
   */
  public void setTo(Parameter other) {
    if (other.rows() != rows() || other.columns() != columns()) {
      throw new IllegalArgumentException(
          "%s needs values of %s, received %s".formatted(name, shape(), other.shape()));
    }
    value().setTo(other.value());
    mask = other.mask;
  }

  private void setPruned(Mask newMask) {
    mask = newMask;
    float[] values = value().data;
    for (int i = 0; i < size(); i++) {
      values[i] = newMask.keeps(i) ? values[i] + 0f : 0f;
    }
  }

  @Override
  public String toString() {
    return name + " " + shape();
  }
}

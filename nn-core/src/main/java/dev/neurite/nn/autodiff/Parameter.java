package dev.neurite.nn.autodiff;

import org.ejml.data.FMatrixRMaj;

/** A named variable that training changes; it lives longer than any tape. */
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

  @Override
  public String toString() {
    return name + " " + shape();
  }
}

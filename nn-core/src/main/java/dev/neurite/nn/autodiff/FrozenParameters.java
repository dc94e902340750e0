package dev.neurite.nn.autodiff;

import dev.neurite.nn.kernel.ConstantMatrix;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What kernels keep of parameters that never change again, in the form that is fastest to compute
 * with. Tapes of the same parameters share one, on any threads.
 */
public final class FrozenParameters {
  private final Map<Parameter, ConstantMatrix> matrices = new ConcurrentHashMap<>();

  /** Keeps nothing yet. */
  public FrozenParameters() {}

  /** The parameter as a constant matrix: its values from the first call on. */
  ConstantMatrix matrix(Parameter parameter) {
    return matrices.computeIfAbsent(
        parameter, p -> new ConstantMatrix(p.rows(), p.columns(), p.value().data));
  }
}

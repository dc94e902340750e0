package dev.neurite.nn.autodiff;

import dev.neurite.nn.kernel.Workers;

/** One recorded operation: it owns its output and knows its inputs. */
sealed interface Op
    permits ActivationOp,
        AddScaledOp,
        AffineOp,
        BinaryCrossEntropyOp,
        DropoutOp,
        MeanSquaredErrorOp,
        MultiplyOp,
        ScaleOp,
        SoftmaxCrossEntropyOp,
        SoftmaxOp,
        SquaredNormOp,
        SumOp {

  /** Below this many elements a part of elementwise work is not worth another thread. */
  int ELEMENTWISE_PART = 1 << 15;

  /** The result. */
  Variable output();

  /** Reads the inputs' values, overwrites the output's. */
  void forward(Workers workers, int step);

  /** Reads the output's gradient, adds to the gradients of the inputs that need one. */
  void backward(Workers workers);
}

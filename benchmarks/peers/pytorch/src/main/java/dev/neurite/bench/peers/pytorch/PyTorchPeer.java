package dev.neurite.bench.peers.pytorch;

import dev.neurite.bench.peers.MnistArrays;
import dev.neurite.bench.peers.Peer;
import dev.neurite.bench.peers.PeerNet;
import dev.neurite.bench.peers.PeerRun;
import dev.neurite.bench.peers.Recipe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Trains with the tensors of libtorch themselves: linear, ReLU in place, cross-entropy of the
 * scores, batches that are views. Gradient descent is one addition in place for each tensor.
 */
public final class PyTorchPeer implements Peer {
  private PyTorchPeer(int threads) {
    torch.set_num_threads(threads);
    torch.manual_seed(1);
  }

  /** Runs {@link PeerRun}. */
  public static void main(String... args) throws IOException {
    PeerRun.run(PyTorchPeer::new, args);
  }

  @Override
  public String version() {
    return "%d.%d.%d"
        .formatted(torch.TORCH_VERSION_MAJOR, torch.TORCH_VERSION_MINOR, torch.TORCH_VERSION_PATCH);
  }

  @Override
  public PeerNet net(Recipe recipe, MnistArrays data) {
    return new Net(recipe, data);
  }

  private static final class Net implements PeerNet {
    private final Recipe recipe;
    private final Tensor images;
    private final Tensor labels;
    private final Tensor testImages;
    private final List<Tensor> weights = new ArrayList<>();
    private final List<Tensor> biases = new ArrayList<>();
    private final List<Tensor> parameters = new ArrayList<>();
    private final Optimizer optimizer;
    private long step;
    private float[] probabilities = {};
    private Tensor last;

    Net(Recipe recipe, MnistArrays data) {
      this.recipe = recipe;
      images = matrix(data.trainImages());
      long[] digits = new long[data.trainSize()];
      for (int i = 0; i < digits.length; i++) {
        digits[i] = data.trainLabels()[i];
      }
      labels =
          torch
              .from_blob(
                  new LongPointer(digits),
                  new long[] {digits.length},
                  new TensorOptions(torch.ScalarType.Long))
              .clone();
      testImages = matrix(data.testImages());
      last = testImages;
      TensorVector all = new TensorVector();
      int[] widths = recipe.widths();
      for (int i = 0; i + 1 < widths.length; i++) {
        Tensor weight = torch.randn(widths[i + 1], widths[i]);
        weight.mul_(new Scalar(Math.sqrt(2.0 / widths[i])));
        weights.add(weight.set_requires_grad(true));
        biases.add(torch.zeros(widths[i + 1]).set_requires_grad(true));
      }
      parameters.addAll(weights);
      parameters.addAll(biases);
      parameters.forEach(all::push_back);
      optimizer =
          recipe.adam()
              ? new Adam(all, new AdamOptions(recipe.rate()))
              : new SGD(all, new SGDOptions(recipe.rate()));
    }

    private static Tensor matrix(float[] values) {
      long[] shape = {values.length / MnistArrays.FEATURES, MnistArrays.FEATURES};
      return torch.from_blob(new FloatPointer(values), shape).clone();
    }

    private Tensor forward(Tensor input, boolean training) {
      Tensor x = input;
      int output = weights.size() - 1;
      for (int i = 0; i < output; i++) {
        x = torch.linear(x, weights.get(i), biases.get(i)).relu_();
        if (training && recipe.dropRate() > 0) {
          x = torch.dropout(x, recipe.dropRate(), true);
        }
      }
      return torch.linear(x, weights.get(output), biases.get(output));
    }

    @Override
    public void epoch() {
      long size = labels.size(0);
      for (long start = 0; start < size; start += recipe.batchSize()) {
        try (PointerScope scope = new PointerScope()) {
          long rows = Math.min(recipe.batchSize(), size - start);
          Tensor scores = forward(images.narrow(0, start, rows), true);
          torch.cross_entropy_loss(scores, labels.narrow(0, start, rows)).backward();
          update();
        }
      }
    }

    private void update() {
      if (recipe.adam()) {
        if (recipe.cosine()) {
          optimizer.param_groups().get(0).options().set_lr(recipe.rate(step));
        }
        optimizer.step();
      } else {
        try (NoGradGuard guard = new NoGradGuard()) {
          Scalar factor = new Scalar(-recipe.rate());
          for (Tensor parameter : parameters) {
            parameter.add_(parameter.grad(), factor);
          }
        }
      }
      optimizer.zero_grad();
      step++;
    }

    @Override
    public void predict(int first, int count) {
      try (PointerScope scope = new PointerScope();
          InferenceMode mode = new InferenceMode(true)) {
        last = torch.softmax(forward(testImages.narrow(0, first, count), false), 1);
        if (count > 1) {
          probabilities = new float[count * MnistArrays.CLASSES];
          new FloatPointer(last.data_ptr_float()).get(probabilities);
        }
      }
    }

    @Override
    public float[] probabilities() {
      return probabilities;
    }

    @Override
    public void close() {
      optimizer.close();
      images.close();
      testImages.close();
    }
  }
}

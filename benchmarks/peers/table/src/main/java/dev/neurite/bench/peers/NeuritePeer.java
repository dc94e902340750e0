package dev.neurite.bench.peers;

import dev.neurite.bench.model.TestImages;
import dev.neurite.bench.train.EpochRun;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import dev.neurite.nn.model.Predictor;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** This project's own engine, measured by the same code. */
public final class NeuritePeer implements Peer {
  private final EngineSpec spec;

  private NeuritePeer(int threads) {
    spec = new EngineSpec(KernelChoice.AUTO, threads);
  }

  /** Runs {@link PeerRun}. */
  public static void main(String... args) throws IOException {
    PeerRun.run(NeuritePeer::new, args);
  }

  @Override
  public String version() {
    return "Java " + Runtime.version();
  }

  @Override
  public PeerNet net(Recipe recipe, MnistArrays data) {
    return new Net(recipe, data);
  }

  private final class Net implements PeerNet {
    private final Engine engine = new Engine(spec);
    private final EpochRun run;
    private final float[] testImages;
    private final float[][] rows;
    private final float[] single = new float[MnistArrays.CLASSES];
    private float[] probabilities = single;
    private float[] inputs = {};
    private int inputsFirst = -1;
    private @Nullable Predictor predictor;

    Net(Recipe recipe, MnistArrays data) {
      run = new EpochRun(recipe.workload(), data.source().train(), engine, 1);
      testImages = data.testImages();
      rows = TestImages.rows(data.source().test(), 1000);
    }

    @Override
    public void epoch() {
      run.seconds();
      predictor = null;
    }

    @Override
    public void predict(int first, int count) {
      if (predictor == null) {
        predictor = new Predictor(run.model(), spec);
      }
      if (count == 1) {
        predictor.predict(rows[first], single);
        probabilities = single;
        return;
      }
      if (first != inputsFirst || inputs.length != count * MnistArrays.FEATURES) {
        int from = first * MnistArrays.FEATURES;
        inputs = Arrays.copyOfRange(testImages, from, from + count * MnistArrays.FEATURES);
        inputsFirst = first;
      }
      probabilities = predictor.predictBatch(inputs, count);
    }

    @Override
    public float[] probabilities() {
      return probabilities;
    }

    @Override
    public void close() {
      engine.close();
    }
  }
}

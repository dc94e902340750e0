package dev.neurite.bench.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.bench.kernel.ProductCase;
import dev.neurite.nn.model.DropoutSpec;
import dev.neurite.nn.optim.Adam;
import dev.neurite.nn.optim.Sgd;
import dev.neurite.nn.train.TrainingSpec;
import org.junit.jupiter.api.Test;

/** The workloads are the ones that the comparisons with other libraries name. */
class WorkloadTest {
  @Test
  void areTheAgreedOnes() {
    assertThat(Workload.values()).hasSize(4);
    assertIs(Workload.W0, "784-128-10", 512, new Adam(), 0.005, 0.25f);
    assertIs(Workload.W1, "784-128-10", 128, new Sgd(), 0.1);
    assertIs(Workload.W2, "784-512-512-10", 128, new Adam(), 0.001, 0.2f, 0.2f);
    assertIs(Workload.W3, "784-128-10", 32, new Sgd(), 0.1);
  }

  private static void assertIs(
      Workload workload, String widths, int batch, Object rule, double rate, Float... dropRates) {
    TrainingSpec training = workload.training(Workload.EPOCH_IMAGES);
    assertThat(workload.model().widths()).isEqualTo(widths);
    assertThat(training.batchSize()).isEqualTo(batch);
    assertThat(training.optimizer().rule()).isEqualTo(rule);
    assertThat(training.schedule().learningRate(0)).isEqualTo(rate);
    assertThat(
            workload.model().layers().stream()
                .filter(DropoutSpec.class::isInstance)
                .map(layer -> ((DropoutSpec) layer).dropRate()))
        .containsExactly(dropRates);
  }

  @Test
  void theCosineOfW0FallsOverTenEpochs() {
    TrainingSpec training = Workload.W0.training(Workload.EPOCH_IMAGES);
    int halfway = 5 * training.stepsPerEpoch(Workload.EPOCH_IMAGES);

    assertThat(training.schedule().learningRate(halfway))
        .isCloseTo((0.005 + 0.00005) / 2, within(1e-9));
  }

  @Test
  void theProductsOfAStepLeaveOutTheGradientOfTheImages() {
    assertThat(TrainingStep.products(Workload.W2.model(), 128))
        .extracting(ProductCase::toString)
        .containsExactly(
            "128x784x512 AB",
            "784x128x512 AtB",
            "128x512x512 AB",
            "512x128x512 AtB",
            "128x512x512 ABt",
            "128x512x10 AB",
            "512x128x10 AtB",
            "128x10x512 ABt");
  }
}

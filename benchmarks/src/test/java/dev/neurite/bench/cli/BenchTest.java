package dev.neurite.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.neurite.bench.Noise;
import dev.neurite.bench.cli.BenchPlan.ProductJob;
import dev.neurite.bench.kernel.ProductForm;
import dev.neurite.bench.train.Workload;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchTest {
  private static final Pace SHORT = new Pace(0, 2, 1e-4);

  /** A plan of milliseconds gives a whole report. */
  @Test
  void measuresAllThatAPlanSays() {
    BenchPlan plan =
        new BenchPlan(
            List.of(
                ProductJob.of("8x16x8", ProductForm.AB), ProductJob.of("8x16x8", ProductForm.A_BT)),
            SHORT,
            1,
            1,
            0,
            20,
            SHORT);
    ByteArrayOutputStream progress = new ByteArrayOutputStream();
    BenchReport report =
        new Bench(
                plan,
                new EngineSpec(KernelChoice.PLAIN, 2),
                1,
                new PrintStream(progress, true, StandardCharsets.UTF_8))
            .run(Noise.images(600), Noise.images(30));

    assertThat(report.products())
        .extracting(p -> p.form().label() + " " + p.kernel() + " " + p.threads())
        .containsExactly(
            "AB plain 1",
            "AB plain 2",
            "AB simd 1",
            "AB simd 2",
            "ABt plain 1",
            "ABt plain 2",
            "ABt simd 1",
            "ABt simd 2");
    assertThat(report.peakSource()).startsWith("Vector API");
    assertThat(report.products())
        .allMatch(p -> p.gflops() > 0 && p.ofPeak() > 0 && p.overEjml() > 0 && p.ejmlGflops() > 0);
    assertThat(report.peakGflops()).isPositive();
    assertThat(report.epochSeconds())
        .containsOnlyKeys(Workload.values())
        .allSatisfy((workload, seconds) -> assertThat(seconds).isPositive());
    assertThat(report.predictions().singleMedianMicros())
        .isPositive()
        .isLessThanOrEqualTo(report.predictions().singleP99Micros());
    assertThat(report.predictions().batch1000ImagesPerSecond()).isPositive();
    assertThat(progress.toString(StandardCharsets.UTF_8))
        .contains("Product 2 of 2: 8x16x8 ABt", "Epochs of W0-W3: round 1 of 1");
  }

  @Test
  void thePlansHaveTheShapesOfTheApp() {
    assertThat(BenchPlan.thorough().products()).hasSize(18).doesNotHaveDuplicates();
    assertThat(BenchPlan.thorough().products()).containsAll(BenchPlan.quick().products());
    assertThat(BenchPlan.quick().products())
        .contains(
            ProductJob.of("128x784x512", ProductForm.AB),
            ProductJob.of("128x512x512", ProductForm.AB),
            ProductJob.of("784x128x512", ProductForm.AT_B),
            ProductJob.of("128x784x512", ProductForm.A_BT));
  }

  @Test
  void refusesAPlanThatMeasuresNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BenchPlan(List.of(), SHORT, 0, 0, 1, 1, SHORT))
        .withMessageContaining("at least 1 epoch");
  }
}

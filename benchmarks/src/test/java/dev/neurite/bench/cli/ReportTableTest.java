package dev.neurite.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReportTableTest {
  @Test
  void showsEveryFigure() {
    assertThat(ReportTable.lines(SampleReport.report()))
        .containsExactly(
            "Peak of one thread  117.1 GFLOP/s (Vector API, 512 bits)",
            "",
            "product       form  kernel  threads  GFLOP/s  of peak  over EJML",
            "128x784x512   AB    plain         1     39.9     34 %       6.3x",
            "128x784x512   AB    simd          2    188.2     80 %      29.8x",
            "784x128x512   AtB   simd          1    101.5     87 %      15.2x",
            "",
            "epoch          batch   seconds   images/s",
            "W0 128-10        512     0.333    180,000",
            "W1 128-10        128     0.100    600,000",
            "W2 512-512-10    128     1.500     40,000",
            "W3 128-10         32     0.250    240,000",
            "",
            "W4 one image        median 12.3 us, 99 % within 20.5 us",
            "W4 batches of 1,000 250,123 images/s");
  }
}

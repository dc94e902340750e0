package dev.neurite.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neurite.bench.cli.BenchReport.PredictionFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportJsonTest {
  @Test
  void isTheAgreedLine() {
    assertThat(ReportJson.object(SampleReport.report()).toString())
        .isEqualTo(
            "{\"peakGflops\":117.12,\"products\":["
                + "{\"shape\":\"128x784x512\",\"form\":\"AB\",\"kernel\":\"plain\",\"threads\":1,"
                + "\"gflops\":39.9,\"ofPeak\":0.341,\"overEjml\":6.3},"
                + "{\"shape\":\"128x784x512\",\"form\":\"AB\",\"kernel\":\"simd\",\"threads\":2,"
                + "\"gflops\":188.24,\"ofPeak\":0.8045,\"overEjml\":29.76},"
                + "{\"shape\":\"784x128x512\",\"form\":\"AtB\",\"kernel\":\"simd\",\"threads\":1,"
                + "\"gflops\":101.5,\"ofPeak\":0.867,\"overEjml\":15.2}],"
                + "\"epochSeconds\":{\"W0\":0.33333,\"W1\":0.1,\"W2\":1.5,\"W3\":0.25},"
                + "\"predict\":{\"singleMedianMicros\":12.346,\"singleP99Micros\":20.5,"
                + "\"batch1000ImagesPerSecond\":250120.0}}");
  }

  @Test
  void whatIsNotANumberIsNull() {
    BenchReport report =
        new BenchReport(
            "", Double.NaN, List.of(), Map.of(), new PredictionFigures(1, 2, Double.NaN));

    assertThat(ReportJson.object(report).get("peakGflops").isNull()).isTrue();
  }

  @Test
  void theFileSaysAlsoWhereAndHow() {
    Environment environment =
        new Environment("2026-11-25T01:02:03Z", "A CPU", 2, "Linux 6", "A VM", List.of("-x"), 0.5);
    ObjectNode file = ReportJson.file(SampleReport.report(), environment, "simd", 2, true);
    List<String> names = new ArrayList<>();
    file.fieldNames().forEachRemaining(names::add);

    assertThat(names)
        .containsExactly(
            "measuredAt",
            "processor",
            "cores",
            "system",
            "java",
            "flags",
            "load",
            "kernel",
            "threads",
            "quick",
            "peakSource",
            "peakGflops",
            "products",
            "epochSeconds",
            "predict");
    assertThat(file.get("flags").toString()).isEqualTo("[\"-x\"]");
  }

  @Test
  void theEnvironmentOfThisProcessIsKnown() {
    Environment here = Environment.ofProcess();

    assertThat(here.processor()).isNotBlank();
    assertThat(here.cores()).isPositive();
    assertThat(here.java()).contains(System.getProperty("java.vm.version"));
  }
}

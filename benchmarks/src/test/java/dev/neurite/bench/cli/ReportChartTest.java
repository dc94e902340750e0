package dev.neurite.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportChartTest {
  @Test
  void drawsBothChartsWithoutADisplay(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("bench.png");

    ReportChart.write(SampleReport.report(), file);

    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(1500);
    assertThat(image.getHeight()).isEqualTo(1000);
    assertThat(colours(image.getSubimage(0, 0, 1500, 500))).isGreaterThan(5);
    assertThat(colours(image.getSubimage(0, 500, 1500, 500))).isGreaterThan(2);
  }

  private static long colours(BufferedImage image) {
    int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, 1500);
    return Arrays.stream(pixels).distinct().count();
  }
}

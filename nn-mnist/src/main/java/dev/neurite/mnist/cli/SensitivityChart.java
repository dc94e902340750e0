package dev.neurite.mnist.cli;

import dev.neurite.nn.prune.SensitivityReport;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;

/** Accuracy against sparsity as a picture, one line for each layer; needs no display. */
final class SensitivityChart {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 600;
  private static final int LEFT = 80;
  private static final int RIGHT = 150;
  private static final int TOP = 50;
  private static final int BOTTOM = 70;
  private static final int TICKS = 10;
  private static final int DOT = 6;

  /** Colours that people who see colours differently tell apart (Okabe and Ito 2008). */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072b2),
          new Color(0xe69f00),
          new Color(0x009e73),
          new Color(0xcc79a7),
          new Color(0xd55e00),
          new Color(0x56b4e9));

  private final SensitivityReport report;
  private final Graphics2D graphics;

  private SensitivityChart(SensitivityReport report, Graphics2D graphics) {
    this.report = report;
    this.graphics = graphics;
  }

  /** The bytes of a PNG file. */
  static byte[] png(SensitivityReport report) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, WIDTH, HEIGHT);
      new SensitivityChart(report, graphics).draw();
    } finally {
      graphics.dispose();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  private static double x(double share) {
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double accuracy) {
    return TOP + (1 - accuracy) * (HEIGHT - TOP - BOTTOM);
  }

  private void draw() {
    drawAxes();
    List<SensitivityReport.Curve> curves = report.curves();
    for (int i = 0; i < curves.size(); i++) {
      boolean isAll = i == curves.size() - 1;
      graphics.setColor(isAll ? Color.BLACK : COLOURS.get(i % COLOURS.size()));
      graphics.setStroke(new BasicStroke(isAll ? 3 : 2));
      drawCurve(curves.get(i));
      int legendY = TOP + 20 + 24 * i;
      graphics.drawLine(WIDTH - RIGHT + 20, legendY, WIDTH - RIGHT + 50, legendY);
      graphics.drawString(curves.get(i).name(), WIDTH - RIGHT + 58, legendY + 5);
    }
  }

  private void drawAxes() {
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    FontMetrics metrics = graphics.getFontMetrics();
    for (int tick = 0; tick <= TICKS; tick++) {
      double share = (double) tick / TICKS;
      String label = 100 * tick / TICKS + " %";
      graphics.setColor(new Color(0xdddddd));
      graphics.drawLine((int) x(share), TOP, (int) x(share), HEIGHT - BOTTOM);
      graphics.drawLine(LEFT, (int) y(share), WIDTH - RIGHT, (int) y(share));
      graphics.setColor(Color.DARK_GRAY);
      int width = metrics.stringWidth(label);
      graphics.drawString(label, (int) x(share) - width / 2, HEIGHT - BOTTOM + 20);
      graphics.drawString(label, LEFT - width - 8, (int) y(share) + 5);
    }
    graphics.drawString("weights pruned, not trained again", LEFT, HEIGHT - BOTTOM + 48);
    graphics.drawString(
        "validation accuracy (%.2f %% as it is)".formatted(100 * report.accuracy()),
        LEFT,
        TOP - 18);
  }

  private void drawCurve(SensitivityReport.Curve curve) {
    Path2D line = new Path2D.Double();
    line.moveTo(x(0), y(report.accuracy()));
    for (int i = 0; i < report.sparsities().size(); i++) {
      double accuracy = curve.accuracies().get(i);
      double at = x(report.sparsities().get(i));
      if (Double.isNaN(accuracy)) {
        line.moveTo(at, y(report.accuracy()));
      } else {
        line.lineTo(at, y(accuracy));
        graphics.fillOval((int) at - DOT / 2, (int) y(accuracy) - DOT / 2, DOT, DOT);
      }
    }
    graphics.draw(line);
  }
}

package dev.neurite.explorer.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PrincipalComponentsTest {
  private static final int WIDTH = 6;
  private static final double TOLERANCE = 1e-4;

  @Test
  void coordinatesHaveTheVariancesOfTheLargestEigenvaluesOfTheCovariance() {
    Random random = new Random(5);
    float[][] rows = new float[80][WIDTH];
    for (float[] row : rows) {
      double a = 5 * random.nextGaussian();
      double b = 2 * random.nextGaussian();
      for (int j = 0; j < WIDTH; j++) {
        row[j] = (float) (a * Math.cos(j) + b * Math.sin(2 * j) + 0.3 * random.nextGaussian() + 7);
      }
    }
    double[][] places = PrincipalComponents.project(rows, 2);
    double[] eigenvalues = jacobi(covariance(rows));
    double[][] own = covariance(places);
    assertThat(eigenvalues[1]).isGreaterThan(1);
    assertThat(own[0][0]).isCloseTo(eigenvalues[0], within(TOLERANCE * eigenvalues[0]));
    assertThat(own[1][1]).isCloseTo(eigenvalues[1], within(TOLERANCE * eigenvalues[0]));
    assertThat(own[0][1]).isCloseTo(0, within(TOLERANCE * eigenvalues[0]));
  }

  @Test
  void rowsThatDoNotDifferLieInOnePlace() {
    double[][] places = PrincipalComponents.project(new float[][] {{1, 2}, {1, 2}}, 2);
    assertThat(places).isDeepEqualTo(new double[2][2]);
  }

  private static double[][] covariance(float[][] rows) {
    double[][] wide = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      wide[i] = new double[rows[i].length];
      for (int j = 0; j < rows[i].length; j++) {
        wide[i][j] = rows[i][j];
      }
    }
    return covariance(wide);
  }

  private static double[][] covariance(double[][] rows) {
    int width = rows[0].length;
    double[][] result = new double[width][width];
    double[] mean = new double[width];
    for (double[] row : rows) {
      for (int j = 0; j < width; j++) {
        mean[j] += row[j] / rows.length;
      }
    }
    for (double[] row : rows) {
      for (int i = 0; i < width; i++) {
        for (int j = 0; j < width; j++) {
          result[i][j] += (row[i] - mean[i]) * (row[j] - mean[j]) / rows.length;
        }
      }
    }
    return result;
  }

  /** Eigenvalues by Jacobi rotations, the largest first. */
  private static double[] jacobi(double[][] a) {
    int n = a.length;
    for (int sweep = 0; sweep < 60; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          double angle = 0.5 * Math.atan2(2 * a[p][q], a[q][q] - a[p][p]);
          double c = Math.cos(angle);
          double s = Math.sin(angle);
          for (int k = 0; k < n; k++) {
            double kp = a[k][p];
            double kq = a[k][q];
            a[k][p] = c * kp - s * kq;
            a[k][q] = s * kp + c * kq;
          }
          for (int k = 0; k < n; k++) {
            double pk = a[p][k];
            double qk = a[q][k];
            a[p][k] = c * pk - s * qk;
            a[q][k] = s * pk + c * qk;
          }
        }
      }
    }
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = -a[i][i];
    }
    java.util.Arrays.sort(values);
    for (int i = 0; i < n; i++) {
      values[i] = -values[i];
    }
    return values;
  }
}

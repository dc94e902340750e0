package dev.neurite.explorer.inspect;

/**
 * Projects rows on the directions in which they differ most.
 *
 * <p>With {@code X} the centred rows, the directions are the eigenvectors of {@code XᵀX} with the
 * largest eigenvalues, found one after another by power iteration {@code v ← Xᵀ(Xv) / |Xᵀ(Xv)|};
 * each is kept at right angles to those before. {@code XᵀX} itself is never formed.
 */
final class PrincipalComponents {
  private static final int MOST_ITERATIONS = 500;
  private static final double CONVERGED = 1e-12;

  private PrincipalComponents() {}

  /**
   * The coordinates of each row on the first components.
   *
   * @param rows at least one, all of the same length; read
   * @param count number of components
   * @return {@code rows × count}; 0 where the rows differ in fewer directions. The sign of each
   *     component is such that its largest entry in magnitude is positive
   */
  static double[][] project(float[][] rows, int count) {
    int width = rows[0].length;
    double[] mean = new double[width];
    for (float[] row : rows) {
      for (int j = 0; j < width; j++) {
        mean[j] += row[j] / (double) rows.length;
      }
    }
    double[][] x = new double[rows.length][width];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < width; j++) {
        x[i][j] = rows[i][j] - mean[j];
      }
    }
    double[][] directions = new double[count][];
    double[][] result = new double[rows.length][count];
    for (int k = 0; k < count; k++) {
      directions[k] = direction(x, directions, k);
      for (int i = 0; i < rows.length; i++) {
        result[i][k] = dot(x[i], directions[k]);
      }
    }
    return result;
  }

  private static double[] direction(double[][] x, double[][] before, int known) {
    int width = x[0].length;
    double[] v = new double[width];
    for (int j = 0; j < width; j++) { // fixed, and at right angles to nothing in particular
      v[j] = 1 + Math.sin(1.7 * j + known);
    }
    if (!makeUnit(v, before, known)) {
      return new double[width];
    }
    for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
      double[] next = new double[width];
      for (double[] row : x) {
        double along = dot(row, v);
        for (int j = 0; j < width; j++) {
          next[j] += along * row[j];
        }
      }
      if (!makeUnit(next, before, known)) {
        return new double[width];
      }
      double same = dot(next, v);
      v = next;
      if (1 - same < CONVERGED) {
        break;
      }
    }
    int largest = 0;
    for (int j = 1; j < width; j++) {
      largest = Math.abs(v[j]) > Math.abs(v[largest]) ? j : largest;
    }
    if (v[largest] < 0) {
      for (int j = 0; j < width; j++) {
        v[j] = -v[j];
      }
    }
    return v;
  }

  /** Takes away what lies along known directions and scales to length 1; false if none is left. */
  private static boolean makeUnit(double[] v, double[][] before, int known) {
    double whole = Math.sqrt(dot(v, v));
    for (int k = 0; k < known; k++) {
      double along = dot(v, before[k]);
      for (int j = 0; j < v.length; j++) {
        v[j] -= along * before[k][j];
      }
    }
    double length = Math.sqrt(dot(v, v));
    if (!(length > 1e-12 * whole)) {
      return false;
    }
    for (int j = 0; j < v.length; j++) {
      v[j] /= length;
    }
    return true;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }
}

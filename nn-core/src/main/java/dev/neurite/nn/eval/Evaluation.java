package dev.neurite.nn.eval;

/**
 * How good a model was on a dataset.
 *
 * @param examples number of examples
 * @param meanLoss mean loss without label smoothing; NaN for no examples
 * @param top2Correct examples whose class was among the two largest outputs
 * @param confusion {@code [actual][predicted]} counts; all zeros where examples have no class
 */
public record Evaluation(int examples, double meanLoss, int top2Correct, int[][] confusion) {
  /** Takes the matrix as its own. */
  public Evaluation {
    confusion = copy(confusion);
  }

  private static int[][] copy(int[][] matrix) {
    int[][] rows = new int[matrix.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = matrix[i].clone();
    }
    return rows;
  }

  /** A copy of the confusion matrix, {@code [actual][predicted]}. */
  @Override
  public int[][] confusion() {
    return copy(confusion);
  }

  /** Number of examples that have a class. */
  public int labelled() {
    int sum = 0;
    for (int actual = 0; actual < confusion.length; actual++) {
      sum += actualCount(actual);
    }
    return sum;
  }

  /** Number of examples whose largest output was their class. */
  public int correct() {
    int sum = 0;
    for (int i = 0; i < confusion.length; i++) {
      sum += confusion[i][i];
    }
    return sum;
  }

  /** Share of correct examples; NaN where no example has a class. */
  public double accuracy() {
    return (double) correct() / labelled();
  }

  /** Share of examples whose class was among the two largest outputs. */
  public double top2Accuracy() {
    return (double) top2Correct / labelled();
  }

  /** The binomial standard error of the accuracy: {@code √(a (1 - a) / n)}. */
  public double standardError() {
    double accuracy = accuracy();
    return Math.sqrt(accuracy * (1 - accuracy) / labelled());
  }

  /** Of the examples predicted as a class, the share that are of it; NaN if there are none. */
  public double precision(int classIndex) {
    int predicted = 0;
    for (int[] row : confusion) {
      predicted += row[classIndex];
    }
    return (double) confusion[classIndex][classIndex] / predicted;
  }

  /** Of the examples of a class, the share that was found; NaN if there are none. */
  public double recall(int classIndex) {
    return (double) confusion[classIndex][classIndex] / actualCount(classIndex);
  }

  /**
   * The harmonic mean of precision and recall, {@code 2·TP / (predicted + actual)}; NaN if the
   * class was neither there nor predicted.
   */
  public double f1(int classIndex) {
    int sum = actualCount(classIndex);
    for (int[] row : confusion) {
      sum += row[classIndex];
    }
    return 2.0 * confusion[classIndex][classIndex] / sum;
  }

  /** The mean of {@link #f1} over the classes that have one. */
  public double macroF1() {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < confusion.length; i++) {
      double f1 = f1(i);
      if (!Double.isNaN(f1)) {
        sum += f1;
        count++;
      }
    }
    return sum / count;
  }

  private int actualCount(int classIndex) {
    int sum = 0;
    for (int count : confusion[classIndex]) {
      sum += count;
    }
    return sum;
  }
}

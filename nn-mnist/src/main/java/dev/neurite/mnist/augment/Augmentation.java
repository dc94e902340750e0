package dev.neurite.mnist.augment;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How training images are changed. Each amount is drawn anew, uniformly from the range ± the value,
 * for every image and epoch.
 *
 * <p>The image is first stretched by (1 + s<sub>x</sub>, 1 + s<sub>y</sub>), then sheared along x
 * by h, turned by r, all around its middle, then moved by (t<sub>x</sub>, t<sub>y</sub>). The
 * elastic part is that of Simard, Steinkraus and Platt, "Best practices for convolutional neural
 * networks applied to visual document analysis", ICDAR 2003: a field of uniform random numbers in
 * ±1 is smoothed with a Gaussian (sum of weights 1) and multiplied by alpha; each pixel takes its
 * value from where the field points, bilinearly.
 *
 * @param rotate largest turn r in degrees, in [0, 180]
 * @param shear largest shear h in pixels per pixel, in [0, 2]
 * @param scale largest change of width and height, each by itself, in [0, 0.9]
 * @param shift largest move in pixels, each way by itself, in [0, 14]
 * @param sigma standard deviation of the Gaussian in pixels, in [1, 20]
 * @param alpha factor of the smoothed field in pixels, in [0, 1000]; 0 for no elastic part
 */
public record Augmentation(
    double rotate, double shear, double scale, double shift, double sigma, double alpha) {
  /** Changes nothing. */
  public static final Augmentation NONE = new Augmentation(0, 0, 0, 0, 4, 0);

  /** Turned by up to 15 degrees, stretched by up to 15 %, moved by up to a pixel. */
  public static final Augmentation AFFINE = new Augmentation(15, 0.15, 0.15, 1, 4, 0);

  /** The elastic deformation of Simard et al. (2003). */
  public static final Augmentation ELASTIC = new Augmentation(0, 0, 0, 0, 4, 34);

  /** Both. */
  public static final Augmentation BOTH = new Augmentation(10, 0.1, 0.15, 1, 5, 36);

  /** Checks the ranges. */
  public Augmentation {
    requireIn("rotate", rotate, 0, 180);
    requireIn("shear", shear, 0, 2);
    requireIn("scale", scale, 0, 0.9);
    requireIn("shift", shift, 0, 14);
    requireIn("sigma", sigma, 1, 20);
    requireIn("alpha", alpha, 0, 1000);
  }

  private static void requireIn(String name, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          "augmentation: %s is %s, needs %s...%s".formatted(name, value, low, high));
    }
  }

  /** Whether no image is changed. */
  public boolean isNone() {
    return rotate == 0 && shear == 0 && scale == 0 && shift == 0 && alpha == 0;
  }

  /**
   * An augmentation from its text: {@code none}, {@code affine}, {@code elastic}, {@code both}, or
   * amounts such as {@code rotate=15,scale=0.1,sigma=4,alpha=34}; amounts that are not named are 0
   * (sigma: 4). The inverse of {@link #toString}.
   *
   * @throws IllegalArgumentException if the text is none of these
   */
  public static Augmentation of(String text) {
    switch (text) {
      case "none":
        return NONE;
      case "affine":
        return AFFINE;
      case "elastic":
        return ELASTIC;
      case "both":
        return BOTH;
      default:
        break;
    }
    Map<String, Double> amounts = new LinkedHashMap<>(NONE.amounts());
    for (String part : text.split(",", -1)) {
      String[] pair = part.strip().split("=", -1);
      if (pair.length != 2 || !amounts.containsKey(pair[0])) {
        throw new IllegalArgumentException(
            "augmentation: received '%s', needs none, affine, elastic, both, or amounts of %s"
                .formatted(part, String.join(", ", amounts.keySet())));
      }
      try {
        amounts.put(pair[0], Double.parseDouble(pair[1]));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "augmentation: %s is '%s', needs a number".formatted(pair[0], pair[1]), e);
      }
    }
    return new Augmentation(
        amount(amounts, "rotate"),
        amount(amounts, "shear"),
        amount(amounts, "scale"),
        amount(amounts, "shift"),
        amount(amounts, "sigma"),
        amount(amounts, "alpha"));
  }

  private static double amount(Map<String, Double> amounts, String name) {
    return amounts.getOrDefault(name, 0.0);
  }

  private Map<String, Double> amounts() {
    Map<String, Double> amounts = new LinkedHashMap<>();
    amounts.put("rotate", rotate);
    amounts.put("shear", shear);
    amounts.put("scale", scale);
    amounts.put("shift", shift);
    amounts.put("sigma", sigma);
    amounts.put("alpha", alpha);
    return amounts;
  }

  /** The amounts as {@link #of} reads them. */
  @Override
  public String toString() {
    return amounts().entrySet().stream()
        .map(amount -> amount.getKey() + "=" + amount.getValue())
        .collect(Collectors.joining(","));
  }
}

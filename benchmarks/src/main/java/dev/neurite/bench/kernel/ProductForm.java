package dev.neurite.bench.kernel;

/** Which factor of a product is stored transposed. */
public enum ProductForm {
  /** {@code A · B}: a layer forward. */
  AB("AB"),
  /** {@code Aᵀ · B}: the gradient of the weights. */
  AT_B("AtB"),
  /** {@code A · Bᵀ}: the gradient of the input. */
  A_BT("ABt");

  private final String label;

  ProductForm(String label) {
    this.label = label;
  }

  /** The name in reports, for example {@code AtB}. */
  public String label() {
    return label;
  }
}

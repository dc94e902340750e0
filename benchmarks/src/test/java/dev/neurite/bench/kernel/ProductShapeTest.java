package dev.neurite.bench.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ProductShapeTest {
  @Test
  void isReadAndWritten() {
    ProductShape shape = ProductShape.parse("128x784x512");

    assertThat(shape).isEqualTo(new ProductShape(128, 784, 512)).hasToString("128x784x512");
    assertThat(shape.flops()).isEqualTo(102_760_448);
    assertThat(shape.doubled()).isEqualTo(new ProductShape(256, 784, 512));
  }

  @Test
  void refusesWhatIsNoShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProductShape.parse("128x784"))
        .withMessageContaining("received 128x784");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProductShape.parse("0x1x1"))
        .withMessageContaining("received 0x1x1");
  }
}

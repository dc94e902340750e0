package dev.neurite.nn.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.ModelSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LossTest {
  private static ModelSpec spec(Activation.Function last) {
    return ModelSpec.inputs(2).output(3, Activation.of(last.label()));
  }

  @ParameterizedTest
  @EnumSource(Activation.Function.class)
  void everyLastActivationHasALossThatFits(Activation.Function last) {
    Loss loss = Loss.defaultFor(spec(last));
    assertThat(loss)
        .isEqualTo(
            switch (last) {
              case SOFTMAX -> Loss.SOFTMAX_CROSS_ENTROPY;
              case SIGMOID -> Loss.BINARY_CROSS_ENTROPY;
              default -> Loss.MEAN_SQUARED_ERROR;
            });
    loss.requireFits(spec(last));
    Loss.MEAN_SQUARED_ERROR.requireFits(spec(last));
  }

  @Test
  void crossEntropiesNeedTheirActivation() {
    assertThatThrownBy(
            () -> Loss.SOFTMAX_CROSS_ENTROPY.requireFits(spec(Activation.Function.SIGMOID)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "softmax_cross_entropy does not fit a network whose last activation is sigmoid");
    assertThatThrownBy(
            () -> Loss.BINARY_CROSS_ENTROPY.requireFits(spec(Activation.Function.LINEAR)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("binary_cross_entropy does not fit a network whose last activation is linear");
  }
}

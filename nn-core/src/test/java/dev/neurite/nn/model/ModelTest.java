package dev.neurite.nn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.autodiff.Tape;
import dev.neurite.nn.autodiff.Variable;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class ModelTest {
  private static final ModelSpec SPEC =
      ModelSpec.inputs(5)
          .dense(4, Activation.RELU)
          .dropout(0.5f)
          .dense(3, Activation.TANH)
          .output(2, Activation.SOFTMAX);

  private static boolean sameValues(Model a, Model b) {
    for (int i = 0; i < a.parameters().size(); i++) {
      if (!Arrays.equals(a.parameters().get(i).value().data, b.parameters().get(i).value().data)) {
        return false;
      }
    }
    return true;
  }

  @Test
  void parametersStandInOrderWithNamesRolesAndShapes() {
    Model model = Model.zeros(SPEC);
    assertThat(model.spec()).isSameAs(SPEC);
    assertThat(model.parameters())
        .extracting(Parameter::toString)
        .containsExactly(
            "dense1.kernel 5×4",
            "dense1.bias 1×4",
            "dense2.kernel 4×3",
            "dense2.bias 1×3",
            "dense3.kernel 3×2",
            "dense3.bias 1×2");
    for (int layer = 0; layer < 3; layer++) {
      assertThat(model.kernel(layer)).isSameAs(model.parameters().get(2 * layer));
      assertThat(model.kernel(layer).role()).isEqualTo(Parameter.Role.KERNEL);
      assertThat(model.bias(layer)).isSameAs(model.parameters().get(2 * layer + 1));
      assertThat(model.bias(layer).role()).isEqualTo(Parameter.Role.BIAS);
    }
    assertThat(model.parameters().stream().mapToInt(Parameter::size).sum())
        .isEqualTo(SPEC.parameterCount());
  }

  @Test
  void theSameSeedGivesTheSameValuesAndAnotherSeedOthers() {
    assertThat(sameValues(Model.create(SPEC, 1), Model.create(SPEC, 1))).isTrue();
    assertThat(sameValues(Model.create(SPEC, 1), Model.create(SPEC, 2))).isFalse();
  }

  @Test
  void layersOfOneShapeStartDifferentlyAndBiasesAtZero() {
    ModelSpec square = ModelSpec.inputs(6).dense(6, Activation.TANH).output(6, Activation.TANH);
    Model model = Model.create(square, 1);
    assertThat(model.kernel(0).value().data).isNotEqualTo(model.kernel(1).value().data);
    assertThat(model.bias(0).value().data).containsOnly(0);
    assertThat(model.bias(1).value().data).containsOnly(0);
  }

  @Test
  void firstValuesOfALayerDoNotDependOnLaterLayers() {
    ModelSpec shorter = ModelSpec.inputs(5).dense(4, Activation.RELU).output(9, Activation.LINEAR);
    assertThat(Model.create(shorter, 7).kernel(0).value().data)
        .isEqualTo(Model.create(SPEC, 7).kernel(0).value().data);
  }

  @Test
  void aCopyIsIndependent() {
    Model model = Model.create(SPEC, 3);
    Model copy = model.copy();
    assertThat(sameValues(copy, model)).isTrue();
    copy.kernel(0).value().data[0]++;
    copy.bias(2).value().data[0]++;
    assertThat(sameValues(model, Model.create(SPEC, 3))).isTrue();
  }

  @Test
  void takesOverTheValuesOfAnEqualSpecOnly() {
    Model model = Model.zeros(SPEC);
    Model other = Model.create(SPEC, 3);
    model.setValues(other);
    assertThat(sameValues(model, other)).isTrue();
    Model different =
        Model.zeros(ModelSpec.inputs(5).dense(4, Activation.RELU).output(2, Activation.SOFTMAX));
    assertThatThrownBy(() -> model.setValues(different))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("values come from 5-4-2, needed is 5-4-3-2");
  }

  @Test
  void logitsAreTheOutputBeforeTheLastActivation() {
    Model model = Model.create(SPEC, 3);
    Tape tape = new Tape();
    Variable x = tape.constant(new FMatrixRMaj(new float[][] {{1, 2, 3, 4, 5}, {0, 1, 0, -1, 2}}));
    Variable logits = model.logits(tape, x, Mode.INFERENCE);
    Variable output = model.forward(tape, x, Mode.INFERENCE);
    Variable softmax = tape.softmax(logits);
    tape.forward();
    assertThat(output.rows()).isEqualTo(2);
    assertThat(output.columns()).isEqualTo(2);
    assertThat(output.value().data).isEqualTo(softmax.value().data);
    assertThat(output.value().data).isNotEqualTo(logits.value().data);
  }

  @Test
  void dropoutActsInTrainingOnlyEachLayerWithItsOwnMask() {
    ModelSpec spec =
        ModelSpec.inputs(64)
            .dropout(0.5f)
            .add(identity())
            .dropout(0.5f)
            .add(identity())
            .output(64, Activation.LINEAR);
    Model model = Model.zeros(spec);
    for (int layer = 0; layer < 3; layer++) {
      for (int i = 0; i < 64; i++) {
        model.kernel(layer).value().set(i, i, 1);
      }
    }
    FMatrixRMaj ones = new FMatrixRMaj(1, 64);
    ones.fill(1);
    Tape tape = new Tape().seed(4);
    Variable x = tape.constant(ones);
    Variable training = model.logits(tape, x, Mode.TRAINING);
    Variable inference = model.logits(tape, x, Mode.INFERENCE);
    tape.forward();
    assertThat(inference.value().data).containsOnly(1);
    // 1 · 2 · 2 where both masks keep; equal masks would keep a half, different ones a quarter.
    int kept = 0;
    for (float value : training.value().data) {
      assertThat(value).isIn(0f, 4f);
      kept += value == 4 ? 1 : 0;
    }
    assertThat(kept).isBetween(6, 26);
  }

  private static DenseSpec identity() {
    return new DenseSpec(64, Activation.LINEAR, Initializer.ZEROS);
  }

  @Test
  void rescalingMultipliesTheFeaturesInBothModes() {
    Model model = Model.zeros(ModelSpec.inputs(2).rescaling(3).output(2, Activation.LINEAR));
    model.kernel(0).value().set(0, 0, 1);
    model.kernel(0).value().set(1, 1, -1);
    Tape tape = new Tape();
    Variable x = tape.constant(new FMatrixRMaj(new float[][] {{0.5f, 2}}));
    Variable training = model.logits(tape, x, Mode.TRAINING);
    Variable inference = model.logits(tape, x, Mode.INFERENCE);
    tape.forward();
    assertThat(training.value().data).containsExactly(1.5f, -6);
    assertThat(inference.value().data).containsExactly(1.5f, -6);
    assertThat(new Predictor(model).activations(new float[] {0.5f, 2}).layers()).hasSize(1);
  }

  @Test
  void saysHowManyInputsItNeeds() {
    Tape tape = new Tape();
    Variable x = tape.input(3, 4);
    assertThatThrownBy(() -> Model.zeros(SPEC).forward(tape, x, Mode.INFERENCE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the network has 5 inputs, received 4 columns");
  }
}

package dev.neurite.nn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSpecTest {
  private static final ModelSpec SIMPLE =
      ModelSpec.inputs(784).dense(128, Activation.RELU).output(10, Activation.SOFTMAX);

  private static DenseSpec dense(int units) {
    return new DenseSpec(units, Activation.RELU);
  }

  @Test
  void countsParametersAsThePublishedNetworksDo() {
    assertThat(SIMPLE.parameterCount()).isEqualTo(101_770);
    assertThat(
            ModelSpec.inputs(784)
                .dense(300, Activation.TANH)
                .dense(100, Activation.TANH)
                .output(10, Activation.SOFTMAX)
                .parameterCount())
        .isEqualTo(266_610);
    assertThat(ModelSpec.inputs(1).output(1, Activation.LINEAR).parameterCount()).isEqualTo(2);
  }

  @Test
  void theBuilderMakesTheSameAsTheList() {
    ModelSpec built =
        ModelSpec.inputs(4)
            .dense(3, Activation.RELU)
            .dropout(0.5f)
            .dropout(0)
            .add(new DenseSpec(2, Activation.TANH, Initializer.ZEROS))
            .output(1, Activation.SIGMOID);
    assertThat(built)
        .isEqualTo(
            new ModelSpec(
                4,
                List.of(
                    new DenseSpec(3, Activation.RELU, Initializer.HE_NORMAL),
                    new DropoutSpec(0.5f),
                    new DenseSpec(2, Activation.TANH, Initializer.ZEROS),
                    new DenseSpec(1, Activation.SIGMOID, Initializer.GLOROT_UNIFORM))));
    assertThat(built.widths()).isEqualTo("4-3-2-1");
    assertThat(built.outputs()).isEqualTo(1);
    assertThat(built.outputLayer().activation()).isEqualTo(Activation.SIGMOID);
    assertThat(built.denseLayers()).extracting(DenseSpec::units).containsExactly(3, 2, 1);
  }

  @Test
  void theBuilderMayGoOnAfterASpecWasMade() {
    ModelSpec.Builder builder = ModelSpec.inputs(4).dense(3, Activation.RELU);
    ModelSpec first = builder.output(2, Activation.SOFTMAX);
    ModelSpec second = builder.output(2, Activation.SOFTMAX);
    assertThat(second).isEqualTo(first);
  }

  @Test
  void laterChangesOfTheListChangeNothing() {
    List<LayerSpec> layers = new ArrayList<>(List.of(dense(3)));
    ModelSpec spec = new ModelSpec(2, layers);
    layers.add(dense(5));
    assertThat(spec.widths()).isEqualTo("2-3");
  }

  @Test
  void summaryIsTheTableOfLayers() {
    ModelSpec spec =
        ModelSpec.inputs(784)
            .dense(128, Activation.LEAKY_RELU)
            .dropout(0.25f)
            .output(10, Activation.SOFTMAX);
    String expected =
        """
        Layer                        Output shape       Parameters
        ----------------------------------------------------------
        dense1 (leaky_relu(0.01))    batch × 128           100,480
        dropout1 (0.25)              batch × 128                 0
        dense2 (softmax)             batch × 10              1,290
        ----------------------------------------------------------
        Total                                              101,770
        """;
    assertThat(spec.summary()).isEqualToNormalizingNewlines(expected);
  }

  @Test
  void summaryIsTheSameInEveryCountry() {
    Locale before = Locale.getDefault();
    String expected = SIMPLE.summary();
    try {
      for (String tag : new String[] {"de-DE", "hi-IN-u-nu-deva", "ar-EG"}) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertThat(SIMPLE.summary()).as(tag).isEqualTo(expected).contains("101,770");
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65_537})
  void refusesImpossibleInputs(int inputs) {
    assertThatThrownBy(() -> new ModelSpec(inputs, List.of(dense(3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("inputs must be 1...65536, received " + inputs);
  }

  @Test
  void refusesNoLayersAndTooMany() {
    assertThatThrownBy(() -> new ModelSpec(2, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a network needs 1...256 layers, received 0");
    assertThatThrownBy(() -> new ModelSpec(2, Collections.nCopies(257, dense(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a network needs 1...256 layers, received 257");
    assertThat(new ModelSpec(2, Collections.nCopies(256, dense(1))).parameterCount())
        .isEqualTo(3 + 255 * 2);
  }

  @Test
  void theLastLayerIsDense() {
    assertThatThrownBy(() -> new ModelSpec(2, List.of(dense(3), new DropoutSpec(0.5f))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the last layer must be dense, received DropoutSpec[dropRate=0.5]");
  }

  @Test
  void softmaxStandsInTheLastLayerOnly() {
    DenseSpec softmax = new DenseSpec(3, Activation.SOFTMAX);
    assertThatThrownBy(() -> new ModelSpec(2, List.of(dense(3), softmax, dense(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("softmax must be in the last layer, received it in layer 2");
  }

  @Test
  void rescalingIsTheFirstLayerAndHasNoParameters() {
    ModelSpec spec = ModelSpec.inputs(4).rescaling(2.5f).output(3, Activation.SOFTMAX);
    assertThat(spec.parameterCount()).isEqualTo(15);
    assertThat(spec.widths()).isEqualTo("4-3");
    assertThat(spec.summary())
        .contains("rescaling (2.5)              batch × 4                   0");
    assertThatThrownBy(() -> new ModelSpec(4, List.of(dense(3), new RescalingSpec(2), dense(3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rescaling must be the first layer, received it as layer 2");
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -1, Float.NaN, Float.POSITIVE_INFINITY})
  void refusesImpossibleFactors(float factor) {
    assertThatThrownBy(() -> new RescalingSpec(factor))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("factor must be a finite number above 0, received " + factor);
  }

  @Test
  void refusesKernelsAndNetworksThatAreTooLarge() {
    assertThatThrownBy(() -> new ModelSpec(65_536, List.of(dense(1), dense(65_536), dense(65_536))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("layer 3: a kernel of 65536×65536 is too large");
    List<LayerSpec> layers = Collections.nCopies(10, dense(16_000));
    assertThatThrownBy(() -> new ModelSpec(16_000, layers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a network may have 2147483647 parameters, this has 2560160000");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65_537})
  void refusesImpossibleUnits(int units) {
    assertThatThrownBy(() -> dense(units))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("units must be 1...65536, received " + units);
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.1f, 1, Float.NaN})
  void refusesImpossibleDropRates(float dropRate) {
    assertThatThrownBy(() -> new DropoutSpec(dropRate))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dropRate must be in [0, 1), received " + dropRate);
    assertThatThrownBy(() -> ModelSpec.inputs(3).dropout(dropRate))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void dropoutCanBeChangedForTrainingAgain() {
    ModelSpec spec =
        ModelSpec.inputs(9)
            .rescaling(2)
            .dropout(0.1f)
            .dense(5, Activation.RELU)
            .dropout(0.4f)
            .dense(4, Activation.RELU)
            .output(3, Activation.SOFTMAX);
    assertThat(spec.withHiddenDropout(old -> old / 2).layers().toString())
        .contains("dropRate=0.1", "dropRate=0.2")
        .doesNotContain("dropRate=0.4");
    ModelSpec.Builder expected =
        ModelSpec.inputs(9).rescaling(2).dropout(0.1f).dense(5, Activation.RELU).dropout(0.3f);
    assertThat(spec.withHiddenDropout(old -> 0.3f))
        .isEqualTo(expected.dense(4, Activation.RELU).dropout(0.3f).output(3, Activation.SOFTMAX));
    assertThat(spec.withHiddenDropout(old -> 0f).layers()).hasSize(5);
    assertThat(spec.withInputDropout(0).layers()).hasSize(5);
    assertThat(spec.withInputDropout(0.5f).layers().get(1)).isEqualTo(new DropoutSpec(0.5f));
    assertThat(spec.withInputDropout(0.5f).layers()).hasSize(6);
    assertThat(spec.weightCount()).isEqualTo(9 * 5 + 5 * 4 + 4 * 3);
    Model model = Model.create(spec, 1);
    assertThat(model.copyAs(spec.withInputDropout(0)).spec()).isEqualTo(spec.withInputDropout(0));
    assertThatThrownBy(() -> model.copyAs(ModelSpec.inputs(9).output(3, Activation.SOFTMAX)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("values come from 9-5-4-3");
  }
}

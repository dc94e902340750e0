package dev.neurite.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.ModelSpec;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real consumer, onnxruntime, is the oracle. */
class OnnxFileTest {
  private static final float TOLERANCE = 1e-5f;

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("model.onnx");
  }

  /** What onnxruntime computes. */
  private static float[] run(Path file, float[] inputs, int rows) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(file.toString());
        OnnxTensor tensor =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(inputs), new long[] {rows, inputs.length / rows});
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), tensor))) {
      FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] outputs = new float[buffer.remaining()];
      buffer.get(outputs);
      return outputs;
    }
  }

  @Test
  void onnxruntimePredictsTheSameForEveryActivation() throws Exception {
    int checked = 0;
    for (Activation activation : SampleModels.hiddenActivations()) {
      for (Activation output : List.of(Activation.SOFTMAX, Activation.SIGMOID, activation)) {
        SavedModel saved = SampleModels.with(activation, output, 0.3f);
        OnnxFile.write(file(), saved, ExportSpec.named("sample"));
        for (int rows : new int[] {1, 64}) {
          float[] inputs = SampleModels.inputs(rows, SampleModels.INPUTS, rows);
          float[] ours = SampleModels.outputs(saved.model(), rows, rows);
          assertThat(ours).hasSize(rows * SampleModels.OUTPUTS);
          float scale = 1;
          for (float value : ours) {
            scale = Math.max(scale, Math.abs(value));
          }
          assertThat(run(file(), inputs, rows))
              .as("%s, %s, batch %d", activation, output, rows)
              .containsExactly(ours, within(TOLERANCE * scale));
          checked++;
        }
        SavedModel read = OnnxFile.read(file());
        assertThat(read.model().spec().denseLayers()).isEqualTo(saved.model().spec().denseLayers());
        assertThat(SampleModels.outputs(read.model(), 64, 64))
            .containsExactly(SampleModels.outputs(saved.model(), 64, 64), within(TOLERANCE));
        assertThat(read.provenance()).isEqualTo(SampleModels.PROVENANCE);
      }
    }
    assertThat(checked).isEqualTo(6 * (Activation.Function.values().length + 1));
  }

  @Test
  void theFileSaysWhatItTakes() throws Exception {
    ExportSpec export = ExportSpec.pictures("digits", List.of("x", "y", "z"));
    OnnxFile.write(file(), SampleModels.with(Activation.RELU, Activation.SOFTMAX, 2), export);
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file()));
    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(13);
    assertThat(model.getGraph().getName()).isEqualTo("digits");
    assertThat(model.getGraph().getNodeList().stream().map(NodeProto::getOpType))
        .containsExactly("Gemm", "Relu", "Gemm", "Relu", "Gemm", "Softmax");
    TypeProto.Tensor input = model.getGraph().getInput(0).getType().getTensorType();
    assertThat(input.getShape().getDim(0).getDimParam()).isEqualTo("batch");
    assertThat(input.getShape().getDim(1).getDimValue()).isEqualTo(6);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(file().toString())) {
      Map<String, String> texts = session.getMetadata().getCustomMetadata();
      assertThat(texts.get("format")).isEqualTo("neurite-onnx 1");
      assertThat(texts.get("export"))
          .contains("[\"x\",\"y\",\"z\"]")
          .contains("\"inputScale\":0.00392156862745098");
      assertThat(session.getMetadata().getProducerName()).isEqualTo("neurite test");
      assertThat(session.getInputNames()).containsExactly("input");
      assertThat(session.getOutputNames()).containsExactly("output");
    }
    OnnxFile.write(file(), SampleModels.with(Activation.GELU, Activation.SOFTMAX, 2), export);
    model = ModelProto.parseFrom(Files.readAllBytes(file()));
    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(20);
  }

  // Files of others.

  private static ValueInfoProto value(String name, long columns) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(1)
                        .setShape(
                            TensorShapeProto.newBuilder()
                                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("n"))
                                .addDim(
                                    TensorShapeProto.Dimension.newBuilder().setDimValue(columns)))))
        .build();
  }

  private static NodeProto.Builder node(String operation, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setName("the %s of %s".formatted(operation, output))
        .setOpType(operation)
        .addAllInput(List.of(inputs))
        .addOutput(output);
  }

  private static AttributeProto whole(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static AttributeProto real(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  private static AttributeProto text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(com.google.protobuf.ByteString.copyFromUtf8(value))
        .build();
  }

  private static TensorProto.Builder numbers(String name, float[] values, long... shape) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(1);
    for (long dimension : shape) {
      tensor.addDims(dimension);
    }
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor;
  }

  /** A graph x (3 columns) -> y with kernels k1 [3,4] and k2 [2,4], biases b1 [1,4] and b2 [2]. */
  private static GraphProto.Builder graph(NodeProto.Builder... nodes) {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("g")
            .addInput(value("x", 3))
            .addOutput(value("y", 2))
            .addInitializer(numbers("k1", SampleModels.inputs(3, 4, 1), 3, 4))
            .addInitializer(numbers("b1", SampleModels.inputs(1, 4, 2), 1, 4))
            .addInitializer(numbers("k2", SampleModels.inputs(2, 4, 3), 2, 4))
            .addInitializer(numbers("b2", SampleModels.inputs(1, 2, 4), 2));
    for (NodeProto.Builder node : nodes) {
      graph.addNode(node);
    }
    return graph;
  }

  private void write(GraphProto.Builder graph, int opset, Consumer<ModelProto.Builder> more)
      throws IOException {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .setProducerName("pytorch")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
            .setGraph(graph);
    more.accept(model);
    Files.write(file(), model.build().toByteArray());
  }

  private static NodeProto.Builder[] chain() {
    return new NodeProto.Builder[] {
      node("Flatten", "f", "x"),
      node("MatMul", "m", "f", "k1"),
      node("Add", "a", "b1", "m"),
      node("Sigmoid", "s", "a"),
      node("Mul", "h", "s", "a"),
      node("Dropout", "d", "h"),
      node("Identity", "i", "d"),
      node("Gemm", "g", "i", "k2", "b2")
          .addAttribute(whole("transB", 1))
          .addAttribute(real("alpha", 0.5f))
          .addAttribute(real("beta", 2)),
      node("LeakyRelu", "y", "g"),
    };
  }

  @Test
  void chainsOfOthersAreReadAsOnnxruntimeReadsThem() throws Exception {
    write(graph(chain()), 13, model -> {});
    SavedModel read = OnnxFile.read(file());
    assertThat(read.model().spec())
        .isEqualTo(ModelSpec.inputs(3).dense(4, Activation.SILU).output(2, Activation.LEAKY_RELU));
    assertThat(read.provenance().producer()).isEqualTo("pytorch");
    assertThat(SampleModels.outputs(read.model(), 16, 5))
        .containsExactly(run(file(), SampleModels.inputs(16, 3, 5), 16), within(TOLERANCE));
    assertThat(AnyModelFile.format(file())).isEqualTo(AnyModelFile.Format.ONNX);

    // Without biases, and with weights listed among the inputs as old files do.
    GraphProto.Builder plain =
        graph(
                node("Gemm", "m", "x", "k1"),
                node("Sigmoid", "s", "m"),
                node("Gemm", "y", "s", "k2").addAttribute(whole("transB", 1)))
            .addInput(value("k1", 4));
    write(plain, 13, model -> {});
    SavedModel second = OnnxFile.read(file());
    assertThat(second.model().spec().denseLayers().get(0).activation())
        .isEqualTo(Activation.SIGMOID);
    assertThat(SampleModels.outputs(second.model(), 16, 5))
        .containsExactly(run(file(), SampleModels.inputs(16, 3, 5), 16), within(TOLERANCE));
  }

  @Test
  void otherGraphsAreRefusedByName() throws IOException {
    NodeProto.Builder m = node("MatMul", "m", "x", "k1");
    NodeProto.Builder tanh = node("Tanh", "y", "m");
    Object[][] cases = {
      {graph(node("Conv", "y", "x", "k1")), "\"the Conv of y\" (Conv) cannot be read"},
      {graph(tanh), "(Tanh) cannot be read: it works on \"m\", needed is \"x\""},
      {graph(node("Relu", "y", "x")), "it does not follow a layer without activation"},
      {graph(m, node("Relu", "r", "m"), node("Tanh", "y", "r")), "(Tanh)"},
      {graph(m), "the graph's output is \"y\", the last of its 1 layers makes \"m\""},
      {graph(), "the last of its 0 layers"},
      {graph(m, tanh).addInput(value("z", 3)), "2 inputs and 1 outputs"},
      {graph(m, tanh).addOutput(value("m", 3)), "1 inputs and 2 outputs"},
      {graph(m, node("Softmax", "y", "m").addAttribute(whole("axis", 0))), "axis is 0"},
      {graph(m, node("Gelu", "y", "m").addAttribute(text("approximate", "tanh"))), "approximation"},
      {graph(m, node("Selu", "y", "m").addAttribute(real("alpha", 1))), "not the usual"},
      {graph(m, node("Swish", "y", "m").addAttribute(real("alpha", 2))), "alpha is not 1"},
      {graph(m, node("Elu", "y", "m").addAttribute(real("alpha", -1))), "slope"},
      {graph(node("Flatten", "f", "x").addAttribute(whole("axis", 0))), "axis is not 1"},
      {graph(node("Gemm", "y", "x", "k1").addAttribute(whole("transA", 1))), "transposes"},
      {graph(node("MatMul", "y", "x", "b2")), "its kernel has the shape [2]"},
      {graph(node("MatMul", "y", "x", "none")), "\"none\" is no initializer"},
      {graph(m, node("Add", "y", "m", "b2")), "shape [2], needed is [4]"},
      {graph(m, node("Tanh", "t", "m"), node("Add", "y", "t", "b1")), "does not follow a MatMul"},
      {graph(m, node("MatMul", "y", "m", "k1")), "has 3 inputs, the layer before has 4 outputs"},
      {graph(m, node("Mul", "y", "m", "m")), "(Mul)"},
      {graph(m, tanh.clone().setDomain("com.acme")), "none of the standard operations"},
      {graph(m, tanh).addInitializer(numbers("k1", new float[1], 1)), "two initializers \"k1\""},
      {
        graph(node("MatMul", "y", "x", "k")).addInitializer(numbers("k", new float[1], 3, 4)),
        "shape [3, 4] with 4 bytes"
      },
      {
        graph(node("MatMul", "y", "x", "k")).addInitializer(numbers("k", new float[0], -3, -4)),
        "shape [-3, -4] with 0 bytes"
      },
      {
        graph(node("MatMul", "y", "x", "k"))
            .addInitializer(
                numbers("k", new float[12], 3, 4)
                    .setDataLocation(TensorProto.DataLocation.EXTERNAL)),
        "in another file"
      },
      {
        graph(node("MatMul", "y", "x", "k"))
            .addInitializer(TensorProto.newBuilder().setName("k").setDataType(11).addDims(1)),
        "of type 11"
      },
    };
    int checked = 0;
    for (Object[] c : cases) {
      write((GraphProto.Builder) c[0], 13, model -> {});
      assertRefused((String) c[1]);
      checked++;
    }
    assertThat(checked).isEqualTo(27);
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> OnnxFile.read(file()))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining(message);
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    write(graph(chain()), 26, model -> {});
    assertRefused("operator set 26, this version reads 7...25; a newer version of the program");
    write(graph(chain()), 6, model -> {});
    assertRefused("operator set 6, this version reads 7...25");
    write(
        graph(chain()),
        13,
        model ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey("format").setValue("neurite-onnx 2")));
    assertRefused("a newer version of the program may read it");
    GraphProto.Builder many = graph(chain());
    for (int i = 0; i < 5000; i++) {
      many.addNode(NodeProto.newBuilder());
    }
    write(many, 13, model -> {});
    assertRefused("more than 4096 nodes");
    Files.write(file(), new byte[0]);
    assertRefused("it holds no graph");
    Files.write(file(), new byte[] {8, 7, 58, 100});
    assertRefused("no valid ONNX file");
    write(graph(chain()), 13, model -> {});
    byte[] twice =
        java.util.Arrays.copyOf(Files.readAllBytes(file()), 2 * (int) Files.size(file()));
    System.arraycopy(twice, 0, twice, twice.length / 2, twice.length / 2);
    Files.write(file(), twice);
    assertRefused("second graph");
  }
}

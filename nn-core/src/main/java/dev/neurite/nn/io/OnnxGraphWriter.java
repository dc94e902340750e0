package dev.neurite.nn.io;

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
import com.google.protobuf.ByteString;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.DenseSpec;
import dev.neurite.nn.model.Model;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/** A network as a graph of ONNX operations. */
final class OnnxGraphWriter {
  /** Softmax works on one axis and all other operations are as today. */
  private static final int OPSET = 13;

  /** The first operator set with GELU. */
  private static final int GELU_OPSET = 20;

  private static final int IR_VERSION = 7;
  private static final int GELU_IR_VERSION = 9;

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final boolean gelu;

  /** Makes the graph of a network without a rescaling layer. */
  OnnxGraphWriter(Model model, String name) {
    graph.setName(name);
    gelu =
        model.spec().denseLayers().stream()
            .anyMatch(dense -> dense.activation().function() == Activation.Function.GELU);
    List<DenseSpec> layers = model.spec().denseLayers();
    String value = "input";
    graph.addInput(matrix(value, model.spec().inputs()));
    for (int i = 0; i < layers.size(); i++) {
      String layer = "dense" + (i + 1);
      String result = i == layers.size() - 1 ? "output" : layer + ".output";
      Activation activation = layers.get(i).activation();
      boolean linear = activation.function() == Activation.Function.LINEAR;
      String sum = linear ? result : layer + ".sum";
      graph.addInitializer(tensor(model.kernel(i)));
      graph.addInitializer(tensor(model.bias(i)));
      graph.addNode(
          NodeProto.newBuilder()
              .setName(layer)
              .setOpType("Gemm")
              .addInput(value)
              .addInput(model.kernel(i).name())
              .addInput(model.bias(i).name())
              .addOutput(sum));
      if (!linear) {
        addActivation(layer, activation, sum, result);
      }
      value = result;
    }
    graph.addOutput(matrix(value, model.spec().outputs()));
  }

  private void addActivation(String layer, Activation activation, String sum, String result) {
    String name = layer + "." + activation.function().label();
    switch (activation.function()) {
      case LINEAR -> throw new IllegalArgumentException("linear is no operation");
      case RELU -> add(name, "Relu", sum, result);
      case LEAKY_RELU ->
          add(name, "LeakyRelu", sum, result).addAttribute(real("alpha", activation.slope()));
      case ELU -> add(name, "Elu", sum, result).addAttribute(real("alpha", activation.slope()));
      case SELU ->
          add(name, "Selu", sum, result)
              .addAttribute(real("alpha", OnnxGraphReader.SELU_ALPHA))
              .addAttribute(real("gamma", OnnxGraphReader.SELU_GAMMA));
      case GELU -> add(name, "Gelu", sum, result);
      case SILU -> {
        // ONNX has no operation for it below operator set 24.
        String gate = layer + ".gate";
        add(name + ".gate", "Sigmoid", sum, gate);
        add(name, "Mul", sum, result).addInput(gate);
      }
      case SOFTPLUS -> add(name, "Softplus", sum, result);
      case SIGMOID -> add(name, "Sigmoid", sum, result);
      case TANH -> add(name, "Tanh", sum, result);
      case SOFTMAX ->
          add(name, "Softmax", sum, result)
              .addAttribute(
                  AttributeProto.newBuilder()
                      .setName("axis")
                      .setType(AttributeProto.AttributeType.INT)
                      .setI(-1));
    }
  }

  private NodeProto.Builder add(String name, String operation, String from, String to) {
    return graph.addNodeBuilder().setName(name).setOpType(operation).addInput(from).addOutput(to);
  }

  private static AttributeProto real(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  /** A float matrix with any number of rows. */
  private static ValueInfoProto matrix(String name, int columns) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT.getNumber())
                        .setShape(
                            TensorShapeProto.newBuilder()
                                .addDim(
                                    TensorShapeProto.Dimension.newBuilder().setDimParam("batch"))
                                .addDim(
                                    TensorShapeProto.Dimension.newBuilder().setDimValue(columns)))))
        .build();
  }

  private static TensorProto tensor(Parameter parameter) {
    ByteBuffer bytes =
        ByteBuffer.allocate(parameter.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(parameter.value().data, 0, parameter.size());
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(parameter.name())
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .setRawData(ByteString.copyFrom(bytes));
    ModelFile.shape(parameter).forEach(tensor::addDims);
    return tensor.build();
  }

  /**
   * Writes the file.
   *
   * @param out written to, not closed
   * @param producer the program that made the model
   * @param texts what stands beside the graph, by key
   */
  void writeTo(OutputStream out, String producer, Map<String, String> texts) throws IOException {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(gelu ? GELU_IR_VERSION : IR_VERSION)
            .setProducerName(producer)
            .addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain("").setVersion(gelu ? GELU_OPSET : OPSET))
            .setGraph(graph);
    texts.forEach(
        (key, value) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    model.build().writeTo(out);
  }
}

package dev.neurite.nn.io;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Activation.Function;
import dev.neurite.nn.model.DenseSpec;
import dev.neurite.nn.model.Model;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads an ONNX file field by field.
 *
 * <p>The message classes would make an object of every two bytes of a hostile file; here only what
 * a network needs is kept, and numbers stay where they stand until the network is made.
 */
final class OnnxGraphReader {
  /** Values of the operator's definition. */
  static final float SELU_ALPHA = 1.67326319217681884765625f;

  /** Values of the operator's definition. */
  static final float SELU_GAMMA = 1.05070102214813232421875f;

  /** Since this operator set, sums of a layer are spread over the rows as numpy does. */
  private static final long OLDEST_OPSET = 7;

  /** The newest operator set whose operations are known to be the same. */
  private static final long NEWEST_OPSET = 25;

  /** More than the longest network has. */
  private static final int MAX_NODES = 4096;

  private static final int MAX_NODE_FIELDS = 16;
  private static final int MAX_SMALL_MESSAGES = 256;

  /** An operation. */
  private static final class Node {
    private String name = "";
    private String operation = "";
    private String domain = "";
    private final List<String> inputs = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    private final Map<String, Object> attributes = new LinkedHashMap<>();

    float real(String attribute, float otherwise) {
      return attributes.get(attribute) instanceof Float value ? value : otherwise;
    }

    long whole(String attribute, long otherwise) {
      return attributes.get(attribute) instanceof Long value ? value : otherwise;
    }

    String input(int index) {
      return index < inputs.size() ? inputs.get(index) : "";
    }
  }

  /** Numbers in the file. */
  private static final class Constant {
    private String name = "";
    private long type;
    private boolean elsewhere;
    private final List<Long> shape = new ArrayList<>();
    private int begin;
    private int bytes = -1;
  }

  /** A dense layer in the making. */
  private static final class Layer {
    private final Constant kernel;
    private final boolean transposed;
    private final int in;
    private final int units;
    private float kernelFactor = 1;
    private float biasFactor = 1;
    private @Nullable Constant bias;
    private Activation activation = Activation.LINEAR;

    Layer(Constant kernel, boolean transposed) {
      this.kernel = kernel;
      this.transposed = transposed;
      in = Math.toIntExact(kernel.shape.get(transposed ? 1 : 0));
      units = Math.toIntExact(kernel.shape.get(transposed ? 0 : 1));
    }
  }

  private final Path file;
  private final byte[] bytes;
  private final CodedInputStream in;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Constant> constants = new LinkedHashMap<>();
  private final List<String> inputs = new ArrayList<>();
  private final List<String> outputs = new ArrayList<>();
  private final Map<String, String> texts = new LinkedHashMap<>();
  private String producer = "";
  private long opset;
  private boolean graph;
  private int smallMessages;

  private OnnxGraphReader(Path file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
    in = CodedInputStream.newInstance(bytes);
  }

  static SavedModel read(Path file, byte[] bytes) throws IOException {
    OnnxGraphReader reader = new OnnxGraphReader(file, bytes);
    try {
      reader.readModel();
    } catch (InvalidProtocolBufferException e) {
      throw reader.wrong("no valid ONNX file: " + e.getMessage());
    }
    return reader.model();
  }

  private ModelFormatException wrong(String problem) {
    return new ModelFormatException(
        file.toString(), Math.min(in.getTotalBytesRead(), bytes.length), problem);
  }

  // Messages

  /** Reads the fields of a message that are known and skips the others. */
  @FunctionalInterface
  private interface Field {
    /**
     * Reads a field.
     *
     * @return whether it was read; if not, it is skipped
     */
    boolean read(int number) throws IOException;
  }

  private void readMessage(Field field) throws IOException {
    int length = in.readRawVarint32();
    int outer = in.pushLimit(length);
    readFields(field);
    in.popLimit(outer);
  }

  private void readFields(Field field) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (!field.read(expected(tag))) {
        in.skipField(tag);
      }
    }
  }

  /** The number of a field, negative if it is of a kind that no field here is of. */
  private static int expected(int tag) {
    int number = WireFormat.getTagFieldNumber(tag);
    return switch (WireFormat.getTagWireType(tag)) {
      case WireFormat.WIRETYPE_VARINT -> number + VARINT;
      case WireFormat.WIRETYPE_FIXED32 -> number + FIXED32;
      case WireFormat.WIRETYPE_LENGTH_DELIMITED -> number;
      default -> -1;
    };
  }

  /** Added to field numbers, so that a field of another kind is not taken for it. */
  private static final int VARINT = 1 << 30;

  private static final int FIXED32 = 1 << 29;

  private void readModel() throws IOException {
    readFields(
        number -> {
          switch (number) {
            case ModelProto.PRODUCER_NAME_FIELD_NUMBER -> producer = in.readString();
            case ModelProto.OPSET_IMPORT_FIELD_NUMBER -> readOpset();
            case ModelProto.GRAPH_FIELD_NUMBER -> {
              if (graph) {
                throw wrong("there is a second graph");
              }
              graph = true;
              readMessage(this::readGraphField);
            }
            case ModelProto.METADATA_PROPS_FIELD_NUMBER -> readText();
            default -> {
              return false;
            }
          }
          return true;
        });
    if (!graph) {
      throw wrong("no ONNX file: it holds no graph");
    }
    if (opset < OLDEST_OPSET || opset > NEWEST_OPSET) {
      throw wrong(
          "the file has the operator set %d, this version reads %d...%d%s"
              .formatted(
                  opset,
                  OLDEST_OPSET,
                  NEWEST_OPSET,
                  opset > NEWEST_OPSET ? "; a newer version of the program may read it" : ""));
    }
  }

  private void readOpset() throws IOException {
    requireRoom(smallMessages++, MAX_SMALL_MESSAGES, "texts and operator sets");
    String[] domain = {""};
    long[] version = {0};
    readMessage(
        number -> {
          if (number == OperatorSetIdProto.DOMAIN_FIELD_NUMBER) {
            domain[0] = in.readString();
          } else if (number == OperatorSetIdProto.VERSION_FIELD_NUMBER + VARINT) {
            version[0] = in.readInt64();
          } else {
            return false;
          }
          return true;
        });
    if (isStandard(domain[0])) {
      opset = version[0];
    }
  }

  private static boolean isStandard(String domain) {
    return domain.isEmpty() || domain.equals("ai.onnx");
  }

  private void readText() throws IOException {
    String[] text = {"", ""};
    requireRoom(smallMessages++, MAX_SMALL_MESSAGES, "texts and operator sets");
    readMessage(
        number -> {
          if (number == StringStringEntryProto.KEY_FIELD_NUMBER) {
            text[0] = in.readString();
          } else if (number == StringStringEntryProto.VALUE_FIELD_NUMBER) {
            text[1] = in.readString();
          } else {
            return false;
          }
          return true;
        });
    texts.put(text[0], text[1]);
  }

  private boolean readGraphField(int number) throws IOException {
    switch (number) {
      case GraphProto.NODE_FIELD_NUMBER -> readNode();
      case GraphProto.INITIALIZER_FIELD_NUMBER -> readConstant();
      case GraphProto.INPUT_FIELD_NUMBER -> readValueName(inputs);
      case GraphProto.OUTPUT_FIELD_NUMBER -> readValueName(outputs);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void readValueName(List<String> names) throws IOException {
    requireRoom(names.size(), MAX_NODES, "inputs or outputs");
    String[] name = {""};
    readMessage(
        number -> {
          if (number != ValueInfoProto.NAME_FIELD_NUMBER) {
            return false;
          }
          name[0] = in.readString();
          return true;
        });
    names.add(name[0]);
  }

  private void requireRoom(int count, int max, String what) throws ModelFormatException {
    if (count >= max) {
      throw wrong("there are more than %d %s".formatted(max, what));
    }
  }

  private void readNode() throws IOException {
    requireRoom(nodes.size(), MAX_NODES, "nodes");
    Node node = new Node();
    readMessage(
        number -> {
          switch (number) {
            case NodeProto.NAME_FIELD_NUMBER -> node.name = in.readString();
            case NodeProto.OP_TYPE_FIELD_NUMBER -> node.operation = in.readString();
            case NodeProto.DOMAIN_FIELD_NUMBER -> node.domain = in.readString();
            case NodeProto.INPUT_FIELD_NUMBER -> {
              requireRoom(node.inputs.size(), MAX_NODE_FIELDS, "inputs of one node");
              node.inputs.add(in.readString());
            }
            case NodeProto.OUTPUT_FIELD_NUMBER -> {
              requireRoom(node.outputs.size(), MAX_NODE_FIELDS, "outputs of one node");
              node.outputs.add(in.readString());
            }
            case NodeProto.ATTRIBUTE_FIELD_NUMBER -> {
              requireRoom(node.attributes.size(), MAX_NODE_FIELDS, "attributes of one node");
              readAttribute(node);
            }
            default -> {
              return false;
            }
          }
          return true;
        });
    nodes.add(node);
  }

  private void readAttribute(Node node) throws IOException {
    String[] name = {""};
    Object[] value = {""};
    readMessage(
        number -> {
          if (number == AttributeProto.NAME_FIELD_NUMBER) {
            name[0] = in.readString();
          } else if (number == AttributeProto.F_FIELD_NUMBER + FIXED32) {
            value[0] = in.readFloat();
          } else if (number == AttributeProto.I_FIELD_NUMBER + VARINT) {
            value[0] = in.readInt64();
          } else if (number == AttributeProto.S_FIELD_NUMBER) {
            value[0] = in.readString();
          } else {
            return false;
          }
          return true;
        });
    if (node.attributes.put(name[0], value[0]) != null) {
      throw wrong("a node has two attributes \"%s\"".formatted(name[0]));
    }
  }

  private void readConstant() throws IOException {
    requireRoom(constants.size(), MAX_NODES, "initializers");
    Constant constant = new Constant();
    readMessage(
        number -> {
          switch (number) {
            case TensorProto.NAME_FIELD_NUMBER -> constant.name = in.readString();
            case TensorProto.DATA_TYPE_FIELD_NUMBER + VARINT -> constant.type = in.readInt32();
            case TensorProto.DATA_LOCATION_FIELD_NUMBER + VARINT ->
                constant.elsewhere = in.readInt32() != TensorProto.DataLocation.DEFAULT.getNumber();
            case TensorProto.DIMS_FIELD_NUMBER + VARINT -> addDimension(constant);
            case TensorProto.DIMS_FIELD_NUMBER -> {
              int outer = in.pushLimit(in.readRawVarint32());
              while (in.getBytesUntilLimit() > 0) {
                addDimension(constant);
              }
              in.popLimit(outer);
            }
            case TensorProto.RAW_DATA_FIELD_NUMBER, TensorProto.FLOAT_DATA_FIELD_NUMBER -> {
              int length = in.readRawVarint32();
              int begin = in.getTotalBytesRead();
              in.skipRawBytes(length);
              if (constant.bytes > 0 && length > 0) {
                throw wrong(
                    "the initializer \"%s\" has its numbers in two parts".formatted(constant.name));
              }
              if (length > 0 || constant.bytes < 0) {
                constant.begin = begin;
                constant.bytes = length;
              }
            }
            default -> {
              return false;
            }
          }
          return true;
        });
    if (constants.put(constant.name, constant) != null) {
      throw wrong("there are two initializers \"%s\"".formatted(constant.name));
    }
  }

  private void addDimension(Constant constant) throws IOException {
    requireRoom(constant.shape.size(), MAX_NODE_FIELDS, "dimensions");
    constant.shape.add(in.readInt64());
  }

  // The chain

  private SavedModel model() throws IOException {
    boolean ours = texts.getOrDefault(Header.FORMAT, "").startsWith("neurite");
    Provenance provenance =
        ours
            ? Header.of(OnnxFile.KIND, ExchangedModel.VERSION, file, texts)
                .get("provenance", Provenance.class)
            : ExchangedModel.provenance(file, producer);
    List<Layer> layers = chain();
    List<DenseSpec> specs = new ArrayList<>();
    int width = layers.get(0).in;
    int inputCount = width;
    for (Layer layer : layers) {
      if (layer.in != width) {
        throw wrong(
            "the kernel \"%s\" has %d inputs, the layer before has %d outputs"
                .formatted(layer.kernel.name, layer.in, width));
      }
      specs.add(ExchangedModel.dense(file, layer.kernel.name, layer.units, layer.activation));
      width = layer.units;
    }
    Model model = Model.zeros(ExchangedModel.spec(file, inputCount, specs));
    for (int i = 0; i < layers.size(); i++) {
      fill(model.kernel(i), layers.get(i));
      Constant bias = layers.get(i).bias;
      if (bias != null) {
        ByteBuffer numbers = numbers(bias);
        float[] values = model.bias(i).value().data;
        for (int j = 0; j < layers.get(i).units; j++) {
          values[j] = layers.get(i).biasFactor * numbers.getFloat();
        }
      }
    }
    return new SavedModel(model, null, provenance);
  }

  private void fill(Parameter kernel, Layer layer) {
    ByteBuffer numbers = numbers(layer.kernel);
    float[] values = kernel.value().data;
    for (int i = 0; i < kernel.rows(); i++) {
      for (int j = 0; j < kernel.columns(); j++) {
        int at = layer.transposed ? j * kernel.rows() + i : i * kernel.columns() + j;
        values[i * kernel.columns() + j] = layer.kernelFactor * numbers.getFloat(at * Float.BYTES);
      }
    }
  }

  private ByteBuffer numbers(Constant constant) {
    return ByteBuffer.wrap(bytes, constant.begin, constant.bytes)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The dense layers that the operations make, each working on what the one before it made. */
  private List<Layer> chain() throws ModelFormatException {
    List<String> free = inputs.stream().filter(name -> !constants.containsKey(name)).toList();
    if (free.size() != 1 || outputs.size() != 1) {
      throw wrong(
          "the graph has %d inputs and %d outputs, needed is one of each"
              .formatted(free.size(), outputs.size()));
    }
    List<Layer> layers = new ArrayList<>();
    String current = free.get(0);
    String beforeSigmoid = "";
    for (Node node : nodes) {
      if (!isStandard(node.domain) || node.outputs.isEmpty()) {
        throw refused(node, "it is none of the standard operations");
      }
      Layer last = layers.isEmpty() ? null : layers.get(layers.size() - 1);
      boolean ofTwo = node.inputs.size() == 2;
      if (last != null
          && ofTwo
          && node.operation.equals("Mul")
          && !beforeSigmoid.isEmpty()
          && node.inputs.contains(beforeSigmoid)
          && node.inputs.contains(current)) {
        // x · sigmoid(x): the sigmoid before was no activation of its own.
        last.activation = Activation.SILU;
        beforeSigmoid = "";
      } else if (last != null && ofTwo && node.operation.equals("Add")) {
        String other = node.input(0).equals(current) ? node.input(1) : node.input(0);
        if (!node.inputs.contains(current) || last.bias != null || isActivated(last)) {
          throw refused(node, "it does not follow a MatMul");
        }
        last.bias = bias(node, other, last.units);
        beforeSigmoid = "";
      } else {
        if (!node.input(0).equals(current)) {
          throw refused(
              node, "it works on \"%s\", needed is \"%s\"".formatted(node.input(0), current));
        }
        beforeSigmoid = node.operation.equals("Sigmoid") ? current : "";
        take(node, layers, last);
      }
      current = node.outputs.get(0);
    }
    if (layers.isEmpty() || !outputs.get(0).equals(current)) {
      throw wrong(
          "the graph's output is \"%s\", the last of its %d layers makes \"%s\""
              .formatted(outputs.get(0), layers.size(), current));
    }
    return layers;
  }

  private static boolean isActivated(Layer layer) {
    return layer.activation.function() != Function.LINEAR;
  }

  private void take(Node node, List<Layer> layers, @Nullable Layer last)
      throws ModelFormatException {
    switch (node.operation) {
      case "Gemm", "MatMul" -> layers.add(layer(node));
      case "Identity", "Dropout" -> {
        // Nothing happens in prediction.
      }
      case "Flatten" -> {
        if (node.whole("axis", 1) != 1) {
          throw refused(node, "its axis is not 1");
        }
      }
      default -> {
        Activation activation = activation(node);
        if (last == null || isActivated(last)) {
          throw refused(node, "it does not follow a layer without activation");
        }
        last.activation = activation;
      }
    }
  }

  private Layer layer(Node node) throws ModelFormatException {
    boolean gemm = node.operation.equals("Gemm");
    Constant kernel = constant(node, node.input(1));
    if (kernel.shape.size() != 2) {
      throw refused(node, "its kernel has the shape " + kernel.shape);
    }
    if (gemm && node.whole("transA", 0) != 0) {
      throw refused(node, "it transposes its input");
    }
    Layer layer = new Layer(kernel, gemm && node.whole("transB", 0) != 0);
    if (gemm) {
      layer.kernelFactor = node.real("alpha", 1);
      layer.biasFactor = node.real("beta", 1);
      if (!node.input(2).isEmpty()) {
        layer.bias = bias(node, node.input(2), layer.units);
      }
    }
    return layer;
  }

  private Constant bias(Node node, String name, int units) throws ModelFormatException {
    Constant bias = constant(node, name);
    boolean row =
        bias.shape.equals(List.of((long) units)) || bias.shape.equals(List.of(1L, (long) units));
    if (!row) {
      throw refused(node, "its bias has the shape %s, needed is [%d]".formatted(bias.shape, units));
    }
    return bias;
  }

  /** An initializer of floats whose numbers are there. */
  private Constant constant(Node node, String name) throws ModelFormatException {
    Constant constant = constants.get(name);
    if (constant == null) {
      throw refused(node, "\"%s\" is no initializer".formatted(name));
    }
    long size = 1;
    for (long dimension : constant.shape) {
      size = dimension < 1 ? -1 : Math.min(size * dimension, Integer.MAX_VALUE);
      if (size < 0) {
        break;
      }
    }
    if (constant.elsewhere
        || constant.type != TensorProto.DataType.FLOAT.getNumber()
        || size < 1
        || size * Float.BYTES != constant.bytes) {
      throw refused(
          node,
          "\"%s\" is a tensor of type %d and shape %s with %d bytes%s, needed are floats of type 1"
              .formatted(
                  name,
                  constant.type,
                  constant.shape,
                  Math.max(constant.bytes, 0),
                  constant.elsewhere ? " in another file" : ""));
    }
    return constant;
  }

  private Activation activation(Node node) throws ModelFormatException {
    try {
      return switch (node.operation) {
        case "Relu" -> Activation.RELU;
        case "LeakyRelu" -> Activation.leakyRelu(node.real("alpha", 0.01f));
        case "Elu" -> Activation.elu(node.real("alpha", 1));
        case "Selu" -> {
          if (node.real("alpha", SELU_ALPHA) != SELU_ALPHA
              || node.real("gamma", SELU_GAMMA) != SELU_GAMMA) {
            throw refused(node, "its alpha or gamma are not the usual ones");
          }
          yield Activation.SELU;
        }
        case "Gelu" -> {
          if (!node.attributes.getOrDefault("approximate", "none").equals("none")) {
            throw refused(node, "it is an approximation");
          }
          yield Activation.GELU;
        }
        case "Swish" -> {
          if (node.real("alpha", 1) != 1) {
            throw refused(node, "its alpha is not 1");
          }
          yield Activation.SILU;
        }
        case "Softplus" -> Activation.SOFTPLUS;
        case "Sigmoid" -> Activation.SIGMOID;
        case "Tanh" -> Activation.TANH;
        case "Softmax" -> {
          long axis = node.whole("axis", -1);
          if (axis != -1 && axis != 1) {
            throw refused(node, "its axis is " + axis);
          }
          yield Activation.SOFTMAX;
        }
        default -> throw refused(node, "there is no such layer here");
      };
    } catch (IllegalArgumentException e) {
      throw refused(node, e.getMessage());
    }
  }

  private ModelFormatException refused(Node node, @Nullable String reason) {
    return wrong(
        "the operation \"%s\" (%s) cannot be read: %s"
            .formatted(node.name, node.operation, reason));
  }
}

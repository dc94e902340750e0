package dev.neurite.nn.io;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import dev.neurite.nn.model.DenseSpec;
import dev.neurite.nn.model.DropoutSpec;
import dev.neurite.nn.model.LayerSpec;
import dev.neurite.nn.model.RescalingSpec;
import dev.neurite.nn.optim.Adagrad;
import dev.neurite.nn.optim.Adam;
import dev.neurite.nn.optim.Momentum;
import dev.neurite.nn.optim.Nesterov;
import dev.neurite.nn.optim.RmsProp;
import dev.neurite.nn.optim.Sgd;
import dev.neurite.nn.optim.UpdateRule;
import dev.neurite.nn.prune.PruningScope;
import dev.neurite.nn.prune.WeightPruning;
import dev.neurite.nn.schedule.ConstantSchedule;
import dev.neurite.nn.schedule.CosineRestartsSchedule;
import dev.neurite.nn.schedule.CosineSchedule;
import dev.neurite.nn.schedule.ExponentialSchedule;
import dev.neurite.nn.schedule.InverseTimeSchedule;
import dev.neurite.nn.schedule.OneCycleSchedule;
import dev.neurite.nn.schedule.PiecewiseSchedule;
import dev.neurite.nn.schedule.PlateauSchedule;
import dev.neurite.nn.schedule.PolynomialSchedule;
import dev.neurite.nn.schedule.Schedule;
import dev.neurite.nn.schedule.StepSchedule;
import dev.neurite.nn.schedule.WarmupSchedule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The JSON forms of specs and records; the only place that knows them. */
final class Json {
  private static final int MAX_DEPTH = 32;

  /** So many parts make a tree of some megabytes; the largest checkpoint has half of them. */
  private static final int MAX_TREE_TOKENS = 1 << 16;

  /**
   * What is not known or stands twice is an error, and so is a number that is missing. An object
   * that is missing is null, which records refuse where they need it; so files of before a record
   * got an optional part can still be read.
   */
  static final ObjectMapper MAPPER = mapper(Long.MAX_VALUE);

  private static final ObjectMapper TREES = mapper(MAX_TREE_TOKENS);

  private Json() {}

  /** A text from anywhere as a tree that takes no more memory than its limits allow. */
  static JsonNode tree(byte[] utf8) throws JsonProcessingException {
    return TREES.readTree(new String(utf8, StandardCharsets.UTF_8));
  }

  private static ObjectMapper mapper(long maxTokens) {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxTokenCount(maxTokens)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    return JsonMapper.builder(factory)
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .addModule(new SimpleModule("neurite").addSerializer(new EnumSerializer()))
        .addMixIn(LayerSpec.class, LayerSpecTypes.class)
        .addMixIn(UpdateRule.class, UpdateRuleTypes.class)
        .addMixIn(Schedule.class, ScheduleTypes.class)
        .addMixIn(WeightPruning.class, WeightPruningForm.class)
        .build();
  }

  /** Writes enumerations in lower case. */
  @SuppressWarnings("rawtypes")
  private static final class EnumSerializer extends StdSerializer<Enum> {
    private static final long serialVersionUID = 1;

    EnumSerializer() {
      super(Enum.class);
    }

    @Override
    public void serialize(Enum value, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      generator.writeString(value.name().toLowerCase(Locale.ROOT));
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = DenseSpec.class, name = "dense"),
    @JsonSubTypes.Type(value = DropoutSpec.class, name = "dropout"),
    @JsonSubTypes.Type(value = RescalingSpec.class, name = "rescaling")
  })
  private interface LayerSpecTypes {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Sgd.class, name = "sgd"),
    @JsonSubTypes.Type(value = Momentum.class, name = "momentum"),
    @JsonSubTypes.Type(value = Nesterov.class, name = "nesterov"),
    @JsonSubTypes.Type(value = RmsProp.class, name = "rmsprop"),
    @JsonSubTypes.Type(value = Adagrad.class, name = "adagrad"),
    @JsonSubTypes.Type(value = Adam.class, name = "adam")
  })
  private interface UpdateRuleTypes {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = ConstantSchedule.class, name = "constant"),
    @JsonSubTypes.Type(value = StepSchedule.class, name = "step"),
    @JsonSubTypes.Type(value = PiecewiseSchedule.class, name = "piecewise"),
    @JsonSubTypes.Type(value = ExponentialSchedule.class, name = "exponential"),
    @JsonSubTypes.Type(value = InverseTimeSchedule.class, name = "inverse_time"),
    @JsonSubTypes.Type(value = PolynomialSchedule.class, name = "polynomial"),
    @JsonSubTypes.Type(value = CosineSchedule.class, name = "cosine"),
    @JsonSubTypes.Type(value = CosineRestartsSchedule.class, name = "cosine_restarts"),
    @JsonSubTypes.Type(value = WarmupSchedule.class, name = "warmup"),
    @JsonSubTypes.Type(value = OneCycleSchedule.class, name = "one_cycle"),
    @JsonSubTypes.Type(value = PlateauSchedule.class, name = "plateau")
  })
  private interface ScheduleTypes {}

  @JsonDeserialize(converter = PastWeightPruning.Converter.class)
  private interface WeightPruningForm {}

  /** How weights are pruned, as files may have it: those of before there were blocks lack these. */
  private record PastWeightPruning(
      PruningScope scope, boolean sparesOutput, @Nullable Integer blockWidth) {
    private static final class Converter extends StdConverter<PastWeightPruning, WeightPruning> {
      @Override
      public WeightPruning convert(PastWeightPruning past) {
        return past.blockWidth == null
            ? new WeightPruning(past.scope, past.sparesOutput)
            : new WeightPruning(past.scope, past.sparesOutput, past.blockWidth);
      }
    }
  }
}

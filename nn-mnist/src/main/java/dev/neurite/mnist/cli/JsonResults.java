package dev.neurite.mnist.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neurite.nn.eval.Evaluation;
import dev.neurite.nn.train.EpochRecord;
import java.util.List;

/** Results as JSON; a number that is not there (NaN) becomes null. */
final class JsonResults {
  private JsonResults() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static void put(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }

  static void putEpochs(ObjectNode node, List<EpochRecord> history) {
    ArrayNode epochs = node.putArray("epochs");
    for (EpochRecord e : history) {
      ObjectNode epoch = epochs.addObject();
      epoch.put("epoch", e.epoch());
      put(epoch, "trainLoss", e.trainLoss());
      put(epoch, "trainAccuracy", e.trainAccuracy());
      put(epoch, "validationLoss", e.validationLoss());
      put(epoch, "validationAccuracy", e.validationAccuracy());
      put(epoch, "testLoss", e.testLoss());
      put(epoch, "testAccuracy", e.testAccuracy());
      put(epoch, "learningRate", e.learningRate());
      put(epoch, "seconds", e.seconds());
    }
  }

  static void putNames(ObjectNode node, List<String> classNames) {
    ArrayNode names = node.putArray("classNames");
    classNames.forEach(names::add);
  }

  static void putConfusion(ObjectNode node, Evaluation evaluation) {
    ArrayNode rows = node.putArray("confusion");
    for (int[] row : evaluation.confusion()) {
      ArrayNode cells = rows.addArray();
      for (int count : row) {
        cells.add(count);
      }
    }
  }
}

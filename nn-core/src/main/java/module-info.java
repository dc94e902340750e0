/**
 * Neural networks in pure Java: dense layers, reverse-mode autodiff, optimisers, learning-rate
 * schedules and model files.
 */
module dev.neurite.nn {
  requires transitive ejml.core;
  requires transitive ejml.fdense;
  requires com.fasterxml.jackson.databind;
  requires static com.google.protobuf;
  requires static jdk.incubator.vector;
  requires static org.jspecify;
  requires static org.tribuo.util.onnx;

  exports dev.neurite.nn.autodiff;
  exports dev.neurite.nn.data;
  exports dev.neurite.nn.eval;
  exports dev.neurite.nn.io;
  exports dev.neurite.nn.model;
  exports dev.neurite.nn.optim;
  exports dev.neurite.nn.prune;
  exports dev.neurite.nn.random;
  exports dev.neurite.nn.schedule;
  exports dev.neurite.nn.sparse;
  exports dev.neurite.nn.train;

  opens dev.neurite.nn.io to
      com.fasterxml.jackson.databind;
}

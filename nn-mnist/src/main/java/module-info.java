/** MNIST: files, sources, drawn digits, presets and the command line. */
module dev.neurite.mnist {
  requires transitive dev.neurite.nn;
  requires com.fasterxml.jackson.databind;
  requires info.picocli;
  requires java.desktop;
  requires java.net.http;
  requires me.tongfei.progressbar;
  requires org.tribuo.util.onnx; // what OnnxFile needs at run time
  requires static org.jspecify;

  exports dev.neurite.mnist.augment;
  exports dev.neurite.mnist.cli;
  exports dev.neurite.mnist.digit;
  exports dev.neurite.mnist.dropin;
  exports dev.neurite.mnist.experiment;
  exports dev.neurite.mnist.files;
  exports dev.neurite.mnist.preset;
  exports dev.neurite.mnist.report;
  exports dev.neurite.mnist.source;
  exports dev.neurite.mnist.sweep;
  exports dev.neurite.mnist.user;
  exports dev.neurite.mnist.synthetic;

  uses dev.neurite.mnist.cli.CliCommand;

  opens dev.neurite.mnist.cli to
      info.picocli;
}

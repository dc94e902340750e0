// Makes models with TensorFlow.js alone, trains and saves them, and notes what they predict.
const fs = require('fs');
const path = require('path');
const tf = require('@tensorflow/tfjs');
const {save, floats} = require('./files.js');

const dense = (units, activation, more) => tf.layers.dense({units, activation, ...more});
const models = {
  plain: [dense(8, 'relu', {inputShape: [12]}), dense(3, 'softmax')],
  everyName: [
    dense(6, 'elu', {inputShape: [12], kernelInitializer: 'heNormal'}),
    ...['selu', 'relu', 'sigmoid', 'tanh', 'softplus', 'swish', 'gelu', 'linear'].map(
        name => dense(6, name)),
    dense(3, 'softmax'),
  ],
  layers: [
    tf.layers.inputLayer({inputShape: [3, 4]}),
    tf.layers.flatten(),
    dense(7, 'linear', {useBias: false, kernelRegularizer: 'l1l2'}),
    tf.layers.leakyReLU({alpha: 0.2}),
    tf.layers.dropout({rate: 0.4}),
    dense(5),
    tf.layers.elu(),
    dense(5),
    tf.layers.activation({activation: 'tanh'}),
    dense(3),
    tf.layers.activation({activation: 'softmax'}),
  ],
};

(async () => {
  const work = process.argv[2];
  const values = floats(path.join(work, 'inputs.bin'));
  const rows = values.length / 12;
  const results = [];
  for (const [name, layers] of Object.entries(models)) {
    const model = tf.sequential({layers});
    const x = tf.tensor(values, [rows, ...model.inputs[0].shape.slice(1)]);
    const labels = Int32Array.from({length: rows}, (_, i) => i % 3);
    const y = tf.oneHot(tf.tensor1d(labels, 'int32'), 3);
    model.compile({optimizer: 'adam', loss: 'categoricalCrossentropy'});
    await model.fit(x, y, {epochs: 3, verbose: 0}); // biases are not zero any more
    await save(model, path.join(work, name), name === 'plain' ? 0 : 100);
    results.push({name, predictions: Array.from(await model.predict(x).data())});
  }
  fs.writeFileSync(path.join(work, 'made.json'), JSON.stringify(results));
})().catch(e => {
  console.error(e);
  process.exit(1);
});

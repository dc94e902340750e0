// Opens every folder that cases.json names, predicts its inputs and trains one step further.
const fs = require('fs');
const path = require('path');
const tf = require('@tensorflow/tfjs');
const {load, floats} = require('./files.js');

(async () => {
  const work = process.argv[2];
  const results = [];
  for (const {folder, inputs} of JSON.parse(fs.readFileSync(path.join(work, 'cases.json')))) {
    const model = await load(path.join(work, folder));
    const columns = model.inputs[0].shape[1];
    const values = floats(path.join(work, inputs));
    const x = tf.tensor2d(values, [values.length / columns, columns]);
    const predictions = Array.from(await model.predict(x).data());
    const classes = model.outputs[0].shape[1];
    const labels = Int32Array.from({length: x.shape[0]}, (_, i) => i % classes);
    const y = tf.oneHot(tf.tensor1d(labels, 'int32'), classes).toFloat();
    model.compile({optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError'});
    const loss = async () => (await model.evaluate(x, y, {batchSize: x.shape[0]}).data())[0];
    const before = await loss();
    await model.fit(x, y, {epochs: 1, batchSize: x.shape[0], verbose: 0});
    results.push({
      folder,
      predictions,
      lossBefore: before,
      lossAfter: await loss(),
      metadata: model.getUserDefinedMetadata(),
    });
  }
  fs.writeFileSync(path.join(work, 'results.json'), JSON.stringify(results));
})().catch(e => {
  console.error(e);
  process.exit(1);
});

// Trains the workloads with TensorFlow.js layers on the WebAssembly backend, as a browser does.
//
// Called by PeersTable with the number of threads, the directory of MNIST and the seconds after
// which no further epoch begins; prints one JSON object a line, see PeerRun.
'use strict';

const fs = require('fs');
const path = require('path');
const zlib = require('zlib');
const tf = require('@tensorflow/tfjs');
const wasm = require('@tensorflow/tfjs-backend-wasm');

const EPOCHS = 15;
const WARM_UP_BATCHES = 20;
// Epochs of W0 and W3 say nothing that those of the others do not, and take minutes.
const WORKLOADS = {
  W1: {units: [128], dropout: 0, optimizer: () => tf.train.sgd(0.1), batch: 128},
  W2: {units: [512, 512], dropout: 0.2, optimizer: () => tf.train.adam(0.001), batch: 128},
};

function read(directory, name, offset) {
  const file = path.join(directory, name);
  const bytes = fs.existsSync(file)
    ? fs.readFileSync(file)
    : zlib.gunzipSync(fs.readFileSync(file + '.gz'));
  return bytes.subarray(offset);
}

function images(directory, name) {
  const pixels = read(directory, name, 16);
  return tf.tensor2d(Float32Array.from(pixels, p => p / 255), [pixels.length / 784, 784]);
}

function labels(directory, name) {
  return tf.oneHot(tf.tensor1d(Int32Array.from(read(directory, name, 8)), 'int32'), 10);
}

function network({units, dropout, optimizer}) {
  const model = tf.sequential();
  units.forEach((width, i) => {
    const inputShape = i === 0 ? [784] : undefined;
    model.add(
      tf.layers.dense({units: width, activation: 'relu', kernelInitializer: 'heNormal', inputShape}));
    if (dropout > 0) {
      model.add(tf.layers.dropout({rate: dropout}));
    }
  });
  model.add(tf.layers.dense({units: 10, activation: 'softmax', kernelInitializer: 'heNormal'}));
  model.compile({optimizer: optimizer(), loss: 'categoricalCrossentropy'});
  return model;
}

function batches(x, y, size) {
  const all = [];
  for (let from = 0; from < x.shape[0]; from += size) {
    const count = Math.min(size, x.shape[0] - from);
    all.push([x.slice([from, 0], [count, 784]), y.slice([from, 0], [count, 10])]);
  }
  return all;
}

async function train(model, some) {
  for (const [x, y] of some) {
    await model.trainOnBatch(x, y);
  }
}

function accuracy(model, x, y) {
  return tf.tidy(() => {
    const right = model.predict(x).argMax(1).equal(y.argMax(1));
    return right.sum().dataSync()[0] / x.shape[0];
  });
}

function say(line) {
  console.log(JSON.stringify(line));
}

async function main() {
  const [threads, directory, limit] = process.argv.slice(2);
  wasm.setWasmPaths(
    path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')) + '/dist/');
  wasm.setThreadsCount(Number(threads));
  await tf.setBackend('wasm');
  say({version: `${tf.version.tfjs} wasm, Node ${process.version}`});
  const x = images(directory, 'train-images-idx3-ubyte');
  const y = labels(directory, 'train-labels-idx1-ubyte');
  const testX = images(directory, 't10k-images-idx3-ubyte');
  const testY = labels(directory, 't10k-labels-idx1-ubyte');
  for (const [figure, workload] of Object.entries(WORKLOADS)) {
    const model = network(workload);
    const all = batches(x, y, workload.batch);
    await train(model, all.slice(0, WARM_UP_BATCHES));
    const seconds = [];
    const begin = performance.now();
    do {
      const start = performance.now();
      await train(model, all);
      seconds.push((performance.now() - start) / 1000);
    } while (seconds.length < EPOCHS && (performance.now() - begin) / 1000 < Number(limit));
    seconds.sort((a, b) => a - b);
    const value = seconds[Math.floor(seconds.length / 2)];
    say({figure, value, accuracy: accuracy(model, testX, testY)});
    tf.dispose(all);
  }
}

main();

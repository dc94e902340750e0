// Layers models in folders, read and written as a browser does with its own files.
const fs = require('fs');
const path = require('path');
const tf = require('@tensorflow/tfjs');

exports.load = async folder => {
  const json = JSON.parse(fs.readFileSync(path.join(folder, 'model.json'), 'utf8'));
  const buffers = json.weightsManifest.flatMap(group =>
      group.paths.map(name => fs.readFileSync(path.join(folder, name))));
  const data = Buffer.concat(buffers);
  return tf.loadLayersModel({
    load: async () => ({
      modelTopology: json.modelTopology,
      format: json.format,
      generatedBy: json.generatedBy,
      userDefinedMetadata: json.userDefinedMetadata,
      weightSpecs: json.weightsManifest.flatMap(group => group.weights),
      weightData: data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength),
    }),
  });
};

// Weights are cut into shards of so many bytes; 0 makes one file.
exports.save = async (model, folder, shardBytes) => {
  fs.mkdirSync(folder, {recursive: true});
  await model.save({
    save: async artifacts => {
      const data = Buffer.from(tf.io.CompositeArrayBuffer.join(artifacts.weightData));
      const size = shardBytes || data.length;
      const paths = [];
      for (let at = 0; at < data.length; at += size) {
        paths.push(`group1-shard${paths.length + 1}.bin`);
        fs.writeFileSync(path.join(folder, paths[paths.length - 1]), data.subarray(at, at + size));
      }
      fs.writeFileSync(path.join(folder, 'model.json'), JSON.stringify({
        modelTopology: artifacts.modelTopology,
        format: artifacts.format,
        generatedBy: artifacts.generatedBy,
        convertedBy: artifacts.convertedBy,
        weightsManifest: [{paths, weights: artifacts.weightSpecs}],
      }));
      return {modelArtifactsInfo: {dateSaved: new Date(), modelTopologyType: 'JSON'}};
    },
  });
};

exports.floats = file => {
  const bytes = fs.readFileSync(file);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
};

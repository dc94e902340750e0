// Runs the page of the README: its script, with a folder of models served as a web server does.
const fs = require('fs');
const http = require('http');
const path = require('path');
const tf = require('@tensorflow/tfjs');

(async () => {
  const [readme, folder] = process.argv.slice(2);
  const page = /```html\n([\s\S]*?)```/.exec(fs.readFileSync(readme, 'utf8'))[1];
  const script = /<script type="module">([\s\S]*?)<\/script>/.exec(page)[1];
  const server = http.createServer((request, response) =>
      fs.createReadStream(path.join(folder, request.url))
          .on('error', () => response.writeHead(404).end())
          .pipe(response));
  await new Promise(ready => server.listen(0, '127.0.0.1', ready));
  const base = `http://127.0.0.1:${server.address().port}/`;
  const load = tf.loadLayersModel;
  const pageTf = Object.create(tf, {loadLayersModel: {value: url => load(base + url)}});
  const document = {body: {textContent: ''}};
  const AsyncFunction = (async () => {}).constructor;
  await new AsyncFunction('tf', 'document', script)(pageTf, document);
  server.close();
  server.closeAllConnections();
  fs.writeFileSync(path.join(folder, 'page.txt'), document.body.textContent);
})().catch(e => {
  console.error(e);
  process.exit(1);
});

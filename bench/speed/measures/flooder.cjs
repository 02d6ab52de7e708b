// A thread that asks as fast as it is answered, by many connections. It posts how many answers of each status it got when it is told to end.
const { Agent, request } = require('node:http');
const { parentPort, workerData } = require('node:worker_threads');

const { url, headers, connections } = workerData;
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const answers = {};
let ended = false;

const ask = () =>
  new Promise((resolve) => {
    request(url, { agent, headers }, (response) => {
      answers[response.statusCode] = (answers[response.statusCode] ?? 0) + 1;
      response.resume().on('end', resolve);
    })
      .on('error', () => setTimeout(resolve, 10))
      .end();
  });

parentPort.once('message', () => (ended = true));
Promise.all(
  Array.from({ length: connections }, async () => {
    while (!ended) await ask();
  }),
).then(() => {
  agent.destroy();
  parentPort.postMessage(answers);
});

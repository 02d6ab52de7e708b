'use strict';
/*
 * Preloaded into API and worker by the time line: notes when each command to MongoDB, each call of Temporal and each request to a
 * provider begins and ends, and how long the thread has been busy by then. The product itself knows nothing of it. The notes are
 * written where `PROBE_FOLDER` says, as soon as nothing has happened for a moment.
 */
const { appendFileSync, mkdirSync } = require('node:fs');
const { subscribe } = require('node:diagnostics_channel');
const { isMainThread } = require('node:worker_threads');
const http2 = require('node:http2');
const { join } = require('node:path');

const QUIET_MS = 100;
const folder = process.env.PROBE_FOLDER;

if (folder && isMainThread) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${process.pid}.jsonl`);
  let notes = [];
  let last = 0;

  const note = (what, edge) => {
    last = performance.now();
    notes.push([performance.timeOrigin + last, performance.eventLoopUtilization().active, what, edge]);
  };

  setInterval(() => {
    if (notes.length === 0 || performance.now() - last < QUIET_MS) return;
    appendFileSync(file, notes.map((one) => `${JSON.stringify(one)}\n`).join(''));
    notes = [];
  }, QUIET_MS).unref();

  watchMongo(note);
  watchTemporal(note);
  watchHttp(note);
}

/** The driver tells of its commands only where its client was made so. */
function watchMongo(note) {
  const driver = require('mongodb/lib/mongo_client');
  driver.MongoClient = class extends driver.MongoClient {
    constructor(uri, options) {
      super(uri, { ...options, monitorCommands: true });
      const open = new Map();
      const end = ({ requestId }) => {
        note(open.get(requestId) ?? 'mongo ?', 'end');
        open.delete(requestId);
      };
      this.on('commandStarted', ({ requestId, commandName, command }) => {
        const target = command[commandName];
        const name = `mongo ${commandName}${typeof target === 'string' ? ` ${target}` : ''}`;
        open.set(requestId, name);
        note(name, 'begin');
      });
      this.on('commandSucceeded', end);
      this.on('commandFailed', end);
    }
  };
}

/** Calls of the client, which the API makes; those of a worker are made outside of Node. */
function watchTemporal(note) {
  const { connect } = http2;
  http2.connect = (...args) => {
    const session = connect(...args);
    const { request } = session;
    session.request = (headers, ...rest) => {
      const stream = request.call(session, headers, ...rest);
      const path = String(headers[':path']);
      const name = `temporal ${path.slice(path.lastIndexOf('/') + 1)}`;
      note(name, 'begin');
      stream.once('close', () => note(name, 'end'));
      return stream;
    };
    return session;
  };
}

function watchHttp(note) {
  const nameOf = ({ path }) =>
    path.endsWith('/mail/send') ? 'email' : path.endsWith('/Messages.json') ? 'sms' : undefined;
  const on = (channel, edge) =>
    subscribe(channel, ({ request }) => {
      const name = nameOf(request);
      if (name) note(name, edge);
    });
  on('undici:request:create', 'asked');
  on('undici:client:sendHeaders', 'begin');
  on('undici:request:trailers', 'end');
  const onServer = (channel, edge) =>
    subscribe(channel, ({ request }) => {
      if (request.method === 'POST' && request.url === '/v1/imports') note('upload', edge);
    });
  onServer('http.server.request.start', 'begin');
  onServer('http.server.response.finish', 'end');
}

import express from 'express';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { streamStates } from '../../../api/imports/events';
import { createFeed } from '../../../api/imports/progress-feed';
import { until } from '../../support/until';

interface State {
  status: string;
  sent: number;
}

/** A stream of states that the test sets, served as the API serves it. */
async function serveStates(first: State | null) {
  let state = first;
  const app = express();
  const feed = createFeed<State>(() => Promise.resolve(state), 5);
  const isAtRest = ({ status }: State): boolean => status === 'completed';
  app.get('/events', async (request, response) => {
    await streamStates({ feed, id: 'one', isAtRest, keepAliveMs: 30 }, request, response);
  });
  const server: Server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
  return {
    set: (next: State) => void (state = next),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
    /** Begins to read; `text` grows as the stream does. */
    async open(lastEventId?: string, query = '') {
      const cut = new AbortController();
      const headers = { ...(lastEventId !== undefined && { 'Last-Event-ID': lastEventId }) };
      const response = await fetch(url + query, { headers, signal: cut.signal });
      const stream = { response, text: '', cut: () => cut.abort(), ended: Promise.resolve() };
      stream.ended = (async () => {
        for await (const chunk of response.body ?? []) stream.text += Buffer.from(chunk).toString();
      })().catch(() => undefined);
      return stream;
    },
  };
}

/** As an EventSource reads the text: no comments. */
const eventsIn = (text: string) =>
  text.split('\n\n').flatMap((block) => {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    const [id, event, data] = [field('id'), field('event'), field('data')];
    return data === undefined ? [] : [{ id: id!, event: event!, data: JSON.parse(data) as Partial<State> }];
  });

describe('A stream of events', () => {
  let served: Awaited<ReturnType<typeof serveStates>>;
  afterEach(() => served.close());

  test('It tells each state once, that it rests, and ends', async () => {
    served = await serveStates({ status: 'inviting', sent: 1 });
    const stream = await served.open();
    await until(
      'the first',
      () => Promise.resolve(eventsIn(stream.text)),
      (events) => events.length === 1,
    );
    served.set({ status: 'completed', sent: 2 });
    await stream.ended;
    const events = eventsIn(stream.text);
    expect(events.map(({ event, data }) => [event, data])).toEqual([
      ['progress', { status: 'inviting', sent: 1 }],
      ['progress', { status: 'completed', sent: 2 }],
      ['end', { status: 'completed' }],
    ]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(3);
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream');
    expect(stream.response.headers.get('x-accel-buffering')).toBe('no');
    // Some readers make an event of a block without data.
    expect(stream.text.startsWith('retry: 2000\nid: ')).toBe(true);
  });

  test.each(['header', 'query'])('It continues after the event that the %s names', async (where) => {
    served = await serveStates({ status: 'inviting', sent: 1 });
    const first = await served.open();
    await until(
      'the first',
      () => Promise.resolve(eventsIn(first.text)),
      (events) => events.length === 1,
    );
    first.cut();
    const { id } = eventsIn(first.text)[0]!;

    const again = await (where === 'header' ? served.open(id) : served.open(undefined, `?lastEventId=${id}`));
    await until(
      'a heartbeat',
      () => Promise.resolve(again.text),
      (text) => text.includes(':\n\n'),
    );
    expect(eventsIn(again.text)).toEqual([]);
    served.set({ status: 'completed', sent: 3 });
    await again.ended;
    expect(eventsIn(again.text).map(({ event, data }) => [event, data.sent])).toEqual([
      ['progress', 3],
      ['end', undefined],
    ]);
  });

  test('Who has missed what came between gets the state of now, and who has seen the last state gets the end', async () => {
    served = await serveStates({ status: 'completed', sent: 9 });
    const stranger = await served.open('an-older-state');
    await stranger.ended;
    expect(eventsIn(stranger.text).map(({ event }) => event)).toEqual(['progress', 'end']);
    const { id } = eventsIn(stranger.text)[0]!;
    const last = await served.open(id);
    await last.ended;
    expect(eventsIn(last.text).map(({ event }) => event)).toEqual(['end']);
  });

  test('Who has seen the end is told not to come back, until there is news', async () => {
    served = await serveStates({ status: 'completed', sent: 9 });
    const first = await served.open();
    await first.ended;
    const end = eventsIn(first.text).at(-1)!.id;
    expect((await served.open(end)).response.status).toBe(204);
    served.set({ status: 'inviting', sent: 9 });
    const reopened = await served.open(end);
    await until(
      'the news',
      () => Promise.resolve(eventsIn(reopened.text)),
      (events) => events.length === 1,
    );
    expect(reopened.response.status).toBe(200);
    reopened.cut();
  });

  test('The ids are those of any other process', async () => {
    served = await serveStates({ status: 'completed', sent: 9 });
    const first = await served.open();
    await first.ended;
    served.close();
    served = await serveStates({ status: 'completed', sent: 9 });
    expect((await served.open(eventsIn(first.text).at(-1)!.id)).response.status).toBe(204);
  });

  test('What is not there any more has no events', async () => {
    served = await serveStates(null);
    expect((await served.open()).response.status).toBe(204);
  });
});

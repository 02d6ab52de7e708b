import { EventEmitter } from 'node:events';
import type { Request, Response } from 'express';
import { limitStreams } from '../../../api/imports/events';

const opened = (limit: ReturnType<typeof limitStreams>, key: string) => {
  const response = new EventEmitter();
  let passed = false;
  void limit({ caller: { id: key } } as unknown as Request, response as unknown as Response, () => (passed = true));
  expect(passed).toBe(true);
  return { close: () => response.emit('close') };
};
const tooMany = (most: number) =>
  expect.objectContaining({
    status: 429,
    code: 'too-many-streams',
    detail: expect.stringContaining(`This key has ${most} event streams open`) as string,
    options: { retryAfterSeconds: 5 },
  }) as Error;

function refused(limit: ReturnType<typeof limitStreams>, key: string): unknown {
  try {
    opened(limit, key);
  } catch (error) {
    return error;
  }
  return undefined;
}

test('A key has a hundred event streams, and the next one is told to wait', () => {
  const limit = limitStreams();
  for (let i = 0; i < 100; i++) opened(limit, 'one');
  expect(refused(limit, 'one')).toEqual(tooMany(100));
  expect(refused(limit, 'one')).toEqual(tooMany(100));
});

test('The streams of one key take nothing from another', () => {
  const limit = limitStreams(2);
  opened(limit, 'one');
  opened(limit, 'one');
  opened(limit, 'other');
  opened(limit, 'other');
  expect(refused(limit, 'one')).toEqual(tooMany(2));
});

test('A stream that closes makes room for exactly one, however often others were refused', () => {
  const limit = limitStreams(2);
  const first = opened(limit, 'one');
  opened(limit, 'one');
  for (let i = 0; i < 5; i++) expect(refused(limit, 'one')).toEqual(tooMany(2));
  first.close();
  first.close();
  opened(limit, 'one');
  expect(refused(limit, 'one')).toEqual(tooMany(2));
});

test('When all have closed, then the key begins anew', () => {
  const limit = limitStreams(3);
  for (let round = 0; round < 3; round++) {
    const all = Array.from({ length: 3 }, () => opened(limit, 'one'));
    expect(refused(limit, 'one')).toEqual(tooMany(3));
    for (const stream of all) stream.close();
  }
});

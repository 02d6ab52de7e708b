import type { HistoryEvent } from '../facts/history';

/** What the probe has noted in a program of the product. */
export interface Note {
  program: 'api' | 'worker';
  /** Milliseconds since the epoch. */
  at: number;
  /** For how long the program's thread had worked by then, in milliseconds. */
  busyMs: number;
  /** Such as `mongo insert rows`, `temporal StartWorkflowExecution`, `sms`. */
  what: string;
  edge: 'asked' | 'begin' | 'end';
}

/** All that was noted of one import. */
export interface Noted {
  /** When its upload began, when that was answered, and when its client saw the import rest: milliseconds since the epoch. */
  client: { asked: number; answered: number; seen: number };
  notes: readonly Note[];
  history: readonly HistoryEvent[];
}

/** A point on the time line. */
export interface Mark {
  step: string;
  /** Milliseconds since the upload began; `undefined` where nothing of it was noted. */
  ms: number | undefined;
  /** For how long the worker's thread had worked by then; `undefined` where that was not noted. */
  busyMs?: number | undefined;
}

/** The client may see what a write has changed before its answer is there. In milliseconds. */
export const ANSWERED_WITHIN_MS = 100;

/** The import from the first byte of its upload until its client sees it rest, in the order in which that happens. */
export function marksOf({ client, notes, history }: Noted): Mark[] {
  const { asked, answered, seen } = client;
  const own = notes.filter(({ at }) => at >= asked && at <= seen + ANSWERED_WITHIN_MS);
  const first = (program: Note['program'], what: string, edge: Note['edge']) =>
    own.find((note) => note.program === program && note.what === what && note.edge === edge);
  const last = (program: Note['program'], what: string, edge: Note['edge']) =>
    own.findLast((note) => note.program === program && note.what === what && note.edge === edge);
  const since = (at: number | undefined): number | undefined => at && at - asked;
  const of = (step: string, note: Note | undefined): Mark => ({
    step,
    ms: since(note?.at),
    ...(note?.program === 'worker' && { busyMs: note.busyMs }),
  });
  const ofEvent = (step: string, type: string): Mark => ({
    step,
    ms: since(history.find((event) => event.type === type)?.at),
  });
  const requests = own.filter(({ what }) => what === 'email' || what === 'sms');
  return [
    of('API: has the head of the upload', first('api', 'upload', 'begin')),
    of('API: has the file, stores it', first('api', 'mongo insert uploads.chunks', 'begin')),
    of('API: the import is stored', first('api', 'mongo commitTransaction', 'end')),
    of('API: asks Temporal to start', first('api', 'temporal StartWorkflowExecution', 'begin')),
    ofEvent('Temporal: the workflow is started', 'workflowExecutionStarted'),
    ofEvent('worker: has the workflow task', 'workflowTaskStarted'),
    ofEvent('Temporal: the step is scheduled', 'activityTaskScheduled'),
    ofEvent('worker: has the step', 'activityTaskStarted'),
    of('worker: asks for the import', first('worker', 'mongo find imports', 'begin')),
    of('worker: has the file', last('worker', 'mongo find uploads.chunks', 'end')),
    of('worker: has read it, asks who is known', first('worker', 'mongo find people', 'begin')),
    of('worker: has checked it, stores the plan', first('worker', 'mongo aggregate client_teams', 'begin')),
    of('worker: the plan is stored', first('worker', 'mongo commitTransaction', 'end')),
    of('worker: the people are stored', last('worker', 'mongo insert people', 'end')),
    of('worker: asks for the first claim', first('worker', 'mongo findAndModify first_sends', 'begin')),
    of('worker: has the first claim', first('worker', 'mongo findAndModify first_sends', 'end')),
    of(
      'provider: the first request',
      requests.find(({ edge }) => edge === 'begin'),
    ),
    of('provider: the last e-mail request', last('worker', 'email', 'begin')),
    of('provider: the last e-mail answer', last('worker', 'email', 'end')),
    of('provider: the last SMS request', last('worker', 'sms', 'begin')),
    of('provider: the last SMS answer', last('worker', 'sms', 'end')),
    of('worker: the outcomes are stored', last('worker', 'mongo insert invitations', 'end')),
    of('worker: the rows have ended', last('worker', 'mongo update rows', 'end')),
    of('worker: the import is counted', last('worker', 'mongo aggregate imports', 'end')),
    of('worker: the import is closed', last('worker', 'mongo findAndModify imports', 'end')),
    { step: 'client: sees it rest', ms: seen - asked },
    { step: 'client: has the answer to the upload', ms: answered - asked },
  ];
}

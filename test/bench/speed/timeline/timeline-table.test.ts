import { marksOf } from '../../../../bench/speed/timeline/marks';
import type { Note } from '../../../../bench/speed/timeline/marks';
import { timelineTable } from '../../../../bench/speed/timeline/timeline-table';

const BEGUN = 1_000_000;
const note = (ms: number, busyMs: number, what: string, edge: Note['edge']): Note => ({
  ...{ program: 'worker', at: BEGUN + ms, busyMs, what, edge },
});
const client = { asked: BEGUN, answered: BEGUN + 40, seen: BEGUN + 300 };

describe('the time line of a lone file', () => {
  const notes = [
    note(-50, 1, 'mongo find imports', 'begin'),
    note(50, 10, 'mongo find imports', 'begin'),
    note(100, 30, 'mongo insert people', 'end'),
    note(150, 40, 'sms', 'begin'),
    note(200, 60, 'email', 'end'),
    note(250, 70, 'sms', 'begin'),
    note(310, 80, 'mongo findAndModify imports', 'end'),
    note(900, 90, 'mongo findAndModify imports', 'end'),
  ];
  const marks = marksOf({ client, notes, history: [{ type: 'workflowExecutionStarted', at: BEGUN + 45 }] });
  const msOf = (step: string): number | undefined => marks.find((mark) => mark.step === step)?.ms;

  it('has the first and the last of what is noted of this import, and not of others', () => {
    expect(msOf('worker: asks for the import')).toBe(50);
    expect(msOf('provider: the first request')).toBe(150);
    expect(msOf('provider: the last SMS request')).toBe(250);
    expect(msOf('worker: the import is closed')).toBe(310);
    expect(msOf('Temporal: the workflow is started')).toBe(45);
    expect(msOf('worker: the outcomes are stored')).toBeUndefined();
  });

  it('is shown in the order of time, with what has passed and what the worker has worked since the step before', () => {
    const lines = timelineTable([marks])
      .split('\n')
      .map((line) =>
        line
          .split('|')
          .map((cell) => cell.trim())
          .slice(1, -1),
      );
    expect(lines.slice(2, 6)).toEqual([
      ['client: has the answer to the upload', '40.0', '40.0', '–'],
      ['Temporal: the workflow is started', '45.0', '5.0', '–'],
      ['worker: asks for the import', '50.0', '5.0', '–'],
      ['worker: the people are stored', '100.0', '50.0', '20.0'],
    ]);
    expect(lines.map(([step]) => step)).not.toContain('worker: the outcomes are stored');
  });
});

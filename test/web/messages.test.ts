import { ROUTE_SPECS } from '../../api/route-specs';
import { actions as german } from '../../web/messages/de/actions';
import { actions as english } from '../../web/messages/en/actions';

/** What the audit log may name: each command of a known caller. */
const audited = ROUTE_SPECS.filter(({ method, access }) => method !== 'get' && typeof access !== 'string').map(
  ({ operationId }) => operationId,
);

describe.each([
  ['English', english],
  ['German', german],
])('What was done, in %s', (_language, words: Readonly<Record<string, string>>) => {
  test('has words for every operation that the audit log names', () => {
    expect(audited.length).toBeGreaterThan(40);
    expect(audited.filter((operation) => !(operation in words))).toEqual([]);
  });

  test('is told apart by them, for whoever filters the audit log', () => {
    const all = Object.values(words);
    expect(all.filter((one, i) => all.indexOf(one) !== i)).toEqual([]);
  });
});

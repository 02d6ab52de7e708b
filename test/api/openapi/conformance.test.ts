import { violationOf } from '../../support/conformance';

const answer = {
  method: 'GET',
  url: '/livez',
  status: 200,
  type: 'application/json; charset=utf-8',
  body: '{"status":"up"}',
};
const problem = (code: string, status: number): string =>
  JSON.stringify({
    ...{ type: `http://api.test/problems/${code}`, title: 'Title', status, code },
    ...{ detail: 'Detail.', requestId: '1' },
  });
const PROBLEM = 'application/problem+json';

test('An answer as the document has it is none to complain about', () => {
  expect(violationOf(answer)).toBeUndefined();
  const applied = { method: 'POST', url: '/v1/imports/1/apply', status: 409, type: PROBLEM };
  expect(violationOf({ ...applied, body: problem('plan-outdated', 409) })).toBeUndefined();
});

test.each([
  ['a status', { status: 201 }, 'the status 201 is not documented'],
  ['a format', { type: 'text/plain' }, 'the type "text/plain" of 200 is not documented'],
  ['a value', { body: '{"status":"down"}' }, 'must be equal to constant'],
  ['a further field', { body: '{"status":"up","secret":1}' }, 'must NOT have additional properties'],
  ['a missing field', { body: '{}' }, "must have required property 'status'"],
  ['a route', { url: '/v1/secret' }, 'no route, and yet 200'],
  [
    'the code of a problem',
    { method: 'POST', url: '/v1/imports/1/apply', status: 409, type: PROBLEM, body: problem('team-in-use', 409) },
    'the code "team-in-use" is not documented',
  ],
])('An answer with %s that the document lacks is found', (_name, change, expected) => {
  expect(violationOf({ ...answer, ...change })).toContain(expected);
});

import { formatAudit, formatOutdated } from '../../../scripts/dependencies/registry';

test('A package that is behind is told with what to do: try it, read first, or why it is held', () => {
  const outdated = {
    yaml: { current: '2.8.1', latest: '2.9.1' },
    zod: { current: '4.6.7', latest: '5.0.0' },
    'p-limit': { current: '3.1.0', latest: '7.3.3' },
  };
  expect(formatOutdated(outdated)).toEqual([
    'yaml 2.8.1 → 2.9.1: npm install --save-exact yaml@2.9.1, then npm test',
    'zod 4.6.7 → 5.0.0: a new major version; read its changelog first',
    expect.stringMatching(/^p-limit 3\.1\.0 → 7\.3\.3: held, since versions from 4 are ES modules/),
  ]);
  expect(formatOutdated({})).toEqual(['None.']);
});

test('A weakness fails the check from a moderate one on', () => {
  const weakness = { severity: 'low', range: '<2.2.0', fixAvailable: { name: 'multer', version: '2.2.0' } };
  expect(formatAudit({ vulnerabilities: { multer: weakness } })).toEqual({
    lines: [expect.stringContaining('multer <2.2.0, low: take multer@2.2.0')],
    isBad: false,
  });
  const worse = { ...weakness, severity: 'moderate', fixAvailable: false };
  expect(formatAudit({ vulnerabilities: { multer: worse } })).toMatchObject({ isBad: true });
  expect(formatAudit({ vulnerabilities: {} })).toEqual({ lines: ['None.'], isBad: false });
});

test('A registry that has no audits, or is away, is said to be so', () => {
  expect(formatAudit({ message: '405 Method Not Allowed' }).lines[0]).toMatch(/no audits \(405.*least versions/);
  expect(formatAudit(null)).toMatchObject({ isBad: false });
  expect(formatOutdated(null)).toEqual(['The registry has not answered.']);
});

import fc from 'fast-check';
import { fileNameIn } from '../../../cli/http/file-name';

describe('The name under which a download is saved', () => {
  test.each([
    ['a plain name', 'attachment; filename="clients-template.csv"', 'clients-template.csv'],
    ['a name without quotes', 'attachment; filename=report.csv', 'report.csv'],
    ['a quotation mark in it', 'attachment; filename="a \\"b\\" c.csv"', 'a b c.csv'],
    ['another script', `attachment; filename="??.csv"; filename*=UTF-8''${encodeURIComponent('客户.csv')}`, '客户.csv'],
    ['an encoding that is broken', `attachment; filename="plain.csv"; filename*=UTF-8''%E5%AE`, 'plain.csv'],
    ['a path', 'attachment; filename="../../.ssh/authorized_keys"', 'authorized_keys'],
    ['a path of Windows', 'attachment; filename="..\\\\..\\\\boot.ini"', 'boot.ini'],
    ['an encoded path', `attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd`, 'passwd'],
    ['a hidden file', 'attachment; filename=".bashrc"', 'bashrc'],
    ['nothing but dots', 'attachment; filename=".."', 'fallback.csv'],
    ['no name at all', 'attachment', 'fallback.csv'],
    ['no header', null, 'fallback.csv'],
  ])(
    'When the answer has %s, then it is saved in the present folder under a usual name',
    (_what, disposition, expected) => {
      expect(fileNameIn(disposition, 'fallback.csv')).toBe(expected);
    },
  );

  test('When a name is as long as it is wide, then it is cut before its ending so that every file system takes it', () => {
    const name = fileNameIn(`attachment; filename*=UTF-8''${encodeURIComponent('👩‍🎨'.repeat(90))}.csv`, 'fallback.csv');
    expect(name).toMatch(/\.csv$/);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
  });

  test('When the answer says anything whatever, then the name stays in its folder, in sight and without control characters', () => {
    const header = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('.', '/', '\\', ' ', 'a') }),
    );
    fc.assert(
      fc.property(header, fc.boolean(), (text, encoded) => {
        const disposition = encoded
          ? `attachment; filename*=UTF-8''${encodeURIComponent(text)}`
          : `attachment; filename="${text}"`;
        const name = fileNameIn(disposition, 'fallback.csv');
        expect(name).not.toMatch(/[/\\:\p{Cc}]|^[.\s]|[.\s]$/u);
        expect(name).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});

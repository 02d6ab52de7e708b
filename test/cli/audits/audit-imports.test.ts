import { PassThrough } from 'node:stream';
import { auditImports } from '../../../cli/audits/audit-imports';
import type { Session } from '../../../cli/commands/session';
import type { AuditView } from '../../../cli/http/views';

const intact: AuditView = {
  id: 'one',
  fileName: 'a.csv',
  status: 'completed',
  ok: true,
  invariants: [{ id: 'I1', claim: 'Every row is counted', ok: true, findings: [], remark: null }],
};
const broken: AuditView = {
  id: 'two',
  fileName: 'b\u001b[2J.csv',
  status: 'needs-attention',
  ok: false,
  invariants: [
    {
      id: 'I3',
      claim: 'Nobody is invited twice',
      ok: false,
      findings: Array.from({ length: 21 }, (_, i) => ({ row: i + 2, channel: 'sms', detail: 'twice' }) as const),
      remark: null,
    },
    { id: 'I6', claim: 'The workflow agrees', ok: null, findings: [], remark: 'It did not answer.' },
  ],
};

async function audit(...ids: string[]) {
  const out = new PassThrough();
  const api = {
    auditImport: async (id: string) => (id === 'one' ? intact : broken),
    async *listImports() {
      yield* [{ id: 'two' }, { id: 'one' }];
    },
  };
  const code = await auditImports({ api, out } as unknown as Session, ids);
  return { code, out: String(out.read()) };
}

describe('Auditing imports from the command line', () => {
  test('an intact import ends with 0', async () => {
    expect(await audit('one')).toEqual({
      code: 0,
      out:
        'a.csv (one), completed: no rule is broken.\n' +
        '  I1  ok      Every row is counted\n' +
        '1 audited, 0 with broken rules.\n',
    });
  });

  test('without an id all imports are in a table, and below it a broken rule names its lines and ends with 2', async () => {
    const { code, out } = await audit();
    expect(code).toBe(2);
    expect(out.split('\n').slice(0, 3)).toEqual([
      '  ID   FILE       STATUS           OK  BROKEN  NOT JUDGED',
      '  two  b\ufffd[2J.csv  needs-attention      I3      I6',
      '  one  a.csv      completed        I1',
    ]);
    expect(out).not.toContain('a.csv (one)');
    expect(out).toContain(
      'b\ufffd[2J.csv (two), needs-attention: RULES ARE BROKEN.\n  I3  BROKEN  Nobody is invited twice\n',
    );
    expect(out).toContain('line 21 sms twice\n              … and 1 more\n');
    expect(out).not.toContain('line 22');
    expect(out).toContain('  I6  -       The workflow agrees. It did not answer.\n');
    expect(out).toMatch(/\n2 audited, 1 with broken rules\.\n$/);
  });
});

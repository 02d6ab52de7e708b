import { formatStep, nextSteps } from '../../../cli/output/next-steps';
import type { ListedProblem } from '../../../cli/output/listed-problems';
import { importView } from './import-view';

const commandLine = (args: string): string => `client-import ${args}`;
const problem = (code: string, where: string): ListedProblem => ({
  ...{ severity: 'error', code, line: 3, name: 'Bo Li', where, value: 'x', message: '', fix: '', guess: '' },
});

describe('The hint how to correct a row', () => {
  test.each([
    ['email.invalid', 'C Email', 'clients', '--email'],
    ['email.invalid', 'D Elektr. Post', 'clients', '--email'],
    ['group.unknown', 'J Account Owner', 'clients', '--group'],
    ['group.unknown', 'F Teams', 'staff', '--teams'],
    ['last-name.missing', 'Q Nachname Mandant', 'clients', '--last-name'],
    ['invitation.address-refused', 'sms', 'clients', '--mobile'],
    ['cell.lost-letters', 'F Company', 'clients', '--company'],
  ] as const)('of %s in %s of %s is %s, whatever the file calls its column', (code, where, kind, flag) => {
    const steps = nextSteps(commandLine, { ...importView(), kind }, [problem(code, where)], false);
    expect(steps.join('\n')).toContain(` 3 ${flag} …`);
  });

  test('is not given where no cell is to blame', () => {
    const steps = nextSteps(commandLine, importView(), [problem('invitation.opted-out', 'sms')], false);
    expect(steps.join('\n')).not.toContain('correct');
  });

  test('passes over people who are there already, whose address is right', () => {
    const known = problem('email.already-used', 'C Email');
    const wrong = { ...problem('mobile.invalid', 'D Mobile'), line: 7 };
    const steps = nextSteps(commandLine, importView(), [known, wrong], false).join('\n');
    expect(steps).toContain(' 7 --mobile …');
    expect(steps).toContain('--on-existing invite|update|skip');
  });
});

test('A command stays on one line, so that it can be copied', () => {
  const step = 'To send the failed invitations again: client-import retry f00822f0 --all';
  expect(formatStep(step, commandLine, 80)).toBe(`  ${step}`);
  expect(formatStep(step, commandLine, 60)).toBe(
    '  To send the failed invitations again:\n    client-import retry f00822f0 --all',
  );
});

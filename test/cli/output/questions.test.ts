import { formatQuestions } from '../../../cli/output/questions';

const ENCODING = {
  kind: 'encoding' as const,
  option: 'encoding' as const,
  message: 'The file does not name its encoding.',
  choices: [
    { value: 'windows-1251', label: 'windows-1251', sample: 'Иван' },
    { value: 'koi8-r', label: 'koi8-r', sample: 'Хбай\u0007' },
  ],
  columns: null,
  mapping: null,
};
const SHARED = {
  kind: 'shared-mobiles' as const,
  option: 'sharedMobiles' as const,
  message: 'Many rows have the same mobile.',
  choices: [{ value: 'send', label: 'Send every SMS', sample: null }],
  columns: null,
  mapping: null,
};

test('When an import asks something, then each choice stands with its flag, its effect and what the file looks like', () => {
  expect(formatQuestions([ENCODING, SHARED], 'clients', (args) => `client-import ${args}`, '17', 80)).toBe(
    [
      '  Before anything is created or sent, choose:',
      '',
      '  The file does not name its encoding.',
      '  --encoding windows-1251  Иван',
      '  --encoding koi8-r        Хбай\uFFFD',
      '',
      '  Many rows have the same mobile.',
      '  --shared-mobiles send  Send every SMS',
      '',
      '  To choose, and look at the plan that follows:',
      '    client-import apply 17 --encoding windows-1251|koi8-r --shared-mobiles send',
    ].join('\n'),
  );
});

describe('The columns of a file of another system', () => {
  const column = (letter: string, header: string, ours?: string, why: 'recognised' | 'heading' = 'recognised') => ({
    ...{ letter, header, samples: [], likely: ours ? { column: ours, header: ours, why, reason: '' } : null },
  });
  const COLUMNS = {
    ...{ kind: 'columns' as const, option: 'mapping' as const, choices: [] },
    columns: [column('A', 'First Name', 'First Name'), column('B', 'Mobile', 'Mobile'), column('C', 'Owner')],
  };
  const asked = (message: string, mapping: Record<string, string>): string =>
    formatQuestions([{ ...COLUMNS, message, mapping }], 'clients', (args) => `client-import ${args}`, '17', 80);

  test('are asked for by what is missing, and the way without client teams is told', () => {
    const text = asked('The headings do not tell which column is: Group Identifier.', {});
    expect(text).toContain("client-import apply 17 --map 'COLUMN=Group Identifier'");
    expect(text).not.toContain('COLUMN=Mobile');
    expect(text).toContain('client-import organisation --default-team NAME');
  });

  test('are mapped by our headings, guesses first', () => {
    const text = asked('The headings do not tell which column is: Last Name, Email.', { lastName: 'Owner' });
    expect(text).toContain("--map 'Owner=Last Name' --map COLUMN=Email");
    expect(text).not.toContain('--default-team');
  });
});

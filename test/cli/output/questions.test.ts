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
  expect(formatQuestions([ENCODING, SHARED], 'client-import apply 17', 80)).toBe(
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

import { toCliError } from '../../../cli/http/api-errors';

describe('What the API says', () => {
  test.each([
    ['There is no client team "X". GET /v1/client-teams lists all of them.', /"X"\. client-import teams lists/],
    ['Name the rows: {"rows": [41]}.', /^Name the rows: --rows 41\.$/],
    [
      'Row 7 was put aside. Take it back first, by DELETE …/rows/7/ignore.',
      /by client-import ignore ID --rows 7 --undo\.$/,
    ],
    [
      'The upload had onExisting=skip. Upload it with onExisting=update.',
      /had --on-existing skip\. .* --on-existing update\./,
    ],
  ])('is told in commands and options: %s', (detail, told) => {
    const { message } = toCliError('http://127.0.0.1:3000', 409, { code: 'x', detail });
    expect(message).toMatch(told);
  });
});

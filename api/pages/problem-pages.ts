import { encode } from 'html-entities';
import { PROBLEM_CODES } from '../../contract/problem-codes';
import type { ProblemCode } from '../../contract/problem-codes';
import { PROBLEM_CATALOGUE } from '../../domain/problems/texts/catalogue';
import { readable } from '../../domain/problems/texts/blanks';
import { API_PROBLEM_CODES, API_PROBLEMS } from '../problem-types/index';
import type { ApiProblemCode } from '../problem-types/index';

export interface Explanation {
  code: ApiProblemCode | ProblemCode;
  /** Of HTTP; `null` for a problem of a file, a row or an invitation. */
  status: number | null;
  title: string;
  message: string;
  fix: string;
}

const isApiProblem = (code: ApiProblemCode | ProblemCode): code is ApiProblemCode => Object.hasOwn(API_PROBLEMS, code);

/** The text of a problem, as `docs/problems.md` has it. */
export function explain(code: ApiProblemCode | ProblemCode): Explanation {
  if (isApiProblem(code)) {
    const { status, title, meaning, fix } = API_PROBLEMS[code];
    return { code, status, title, message: meaning, fix };
  }
  const { severity, message, expected, fix } = PROBLEM_CATALOGUE[code];
  const [title, meaning, remedy] = [severity === 'error' ? 'Error' : 'Warning', `${message} ${expected}`, fix].map(
    (text) => readable(text, (words) => `<${words}>`),
  ) as [string, string, string];
  return { code, status: null, title, message: meaning, fix: remedy };
}

const page = (title: string, body: string): string =>
  `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${title}</title>\n` +
  `<meta name="viewport" content="width=device-width">\n</head>\n<body>\n<main>\n${body}\n</main>\n</body>\n</html>\n`;

export function renderExplanation({ code, status, title, message, fix }: Explanation): string {
  const heading = encode(status === null ? title : `${status} ${title}`);
  return page(
    `${heading} (${code})`,
    `<h1>${heading}</h1>\n<p><code>${code}</code></p>\n<p>${encode(message)}</p>\n` +
      `<h2>What to do</h2>\n<p>${encode(fix)}</p>\n<p><a href="../problems">All problems</a></p>`,
  );
}

export function renderProblemList(): string {
  const items = (codes: readonly string[]): string =>
    codes.map((code) => `<li><a href="problems/${code}"><code>${code}</code></a></li>`).join('\n');
  return page(
    'Problems',
    `<h1>Problems</h1>\n<h2>Of requests</h2>\n<ul>\n${items(API_PROBLEM_CODES)}\n</ul>\n` +
      `<h2>Of files, rows and invitations</h2>\n<ul>\n${items(PROBLEM_CODES)}\n</ul>`,
  );
}

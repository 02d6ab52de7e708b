import { AsyncLocalStorage } from 'node:async_hooks';
import type { Request, RequestHandler, Response } from 'express';
import type { CellProblem, Problem } from '../../contract/problem';
import { describeProblem as describe } from '../../domain/problems/problem-catalogue';
import type { ProblemTexts } from '../../domain/problems/problem-catalogue';
import { PROBLEM_CATALOGUE } from '../../domain/problems/texts/catalogue';
import { withoutUpload } from '../../domain/problems/texts/upload-again';
import { GERMAN_PROBLEMS } from '../../domain/problems/texts/german/catalogue';

/** The first one is for whoever asks for none of them. */
const LANGUAGES = ['en', 'de'] as const;
type Language = (typeof LANGUAGES)[number];
const TEXTS: Readonly<Record<Language, ProblemTexts>> = { en: PROBLEM_CATALOGUE, de: GERMAN_PROBLEMS };

const asked = new AsyncLocalStorage<Language>();

/** The language that `Accept-Language` asks for (RFC 9110, 12.5.4), if it is one of ours. */
export function languageFor(request: Request, response: Response): Language {
  response.vary('Accept-Language');
  return request.acceptsLanguages([...LANGUAGES]) === 'de' ? 'de' : 'en';
}

/** Problems of files, rows and requests are told in the language that is asked for. */
export const tellProblemsAsAsked: RequestHandler = (request, response, next) => {
  const language = languageFor(request, response);
  // English needs no context, which would cost every step of every request.
  if (language === 'en') next();
  else asked.run(language, next);
};

/** That of whoever has sent this request; English outside of one. */
export const askedLanguage = (): Language => asked.getStore() ?? 'en';

export const askedTexts = (): ProblemTexts => TEXTS[askedLanguage()];

/** As that of the domain, for whoever has sent this request. */
export const describeProblem = (problem: CellProblem, line: number | null): Problem =>
  describe(problem, line, askedTexts());

/** The same of a row that was typed in, and is in no file that could be uploaded again. */
export const describeTyped = (problem: CellProblem, line: number | null): Problem => {
  const described = describeProblem(problem, line);
  return { ...described, fix: withoutUpload(described.fix) };
};

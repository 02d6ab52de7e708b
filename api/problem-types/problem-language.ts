import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestHandler } from 'express';
import type { CellProblem, Problem } from '../../contract/problem';
import { describeProblem as describe } from '../../domain/problems/problem-catalogue';
import type { ProblemTexts } from '../../domain/problems/problem-catalogue';
import { PROBLEM_CATALOGUE } from '../../domain/problems/texts/catalogue';
import { withoutUpload } from '../../domain/problems/texts/upload-again';
import { GERMAN_PROBLEMS } from '../../domain/problems/texts/german/catalogue';

/** The first one is for whoever asks for none of them. */
const TEXTS = { en: PROBLEM_CATALOGUE, de: GERMAN_PROBLEMS } as const satisfies Record<string, ProblemTexts>;
const LANGUAGES = Object.keys(TEXTS);

const asked = new AsyncLocalStorage<ProblemTexts>();

/** Problems of files and rows are told in the language that `Accept-Language` asks for (RFC 9110, 12.5.4), if it is one of these. */
export const tellProblemsAsAsked: RequestHandler = (request, response, next) => {
  const language = request.acceptsLanguages(LANGUAGES);
  response.vary('Accept-Language');
  // English needs no context, which would cost every step of every request.
  if (language === 'de') asked.run(TEXTS.de, next);
  else next();
};

/** The texts for whoever has sent this request; English outside of one. */
export const askedTexts = (): ProblemTexts => asked.getStore() ?? TEXTS.en;

/** As that of the domain, for whoever has sent this request. */
export const describeProblem = (problem: CellProblem, line: number | null): Problem =>
  describe(problem, line, askedTexts());

/** The same of a row that was typed in, and is in no file that could be uploaded again. */
export const describeTyped = (problem: CellProblem, line: number | null): Problem => {
  const described = describeProblem(problem, line);
  return { ...described, fix: withoutUpload(described.fix) };
};

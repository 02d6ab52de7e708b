import { z } from 'zod';
import { PROBLEM_CODES } from '../../contract/problem-codes';
import { API_PROBLEM_CODES } from '../problem-types/index';
import { defineRoute, json } from '../routing/route';

const tag = 'Documentation';
const PAGE = { 'text/html': '<!doctype html>' };

export const getOpenApi = defineRoute({
  method: 'get',
  path: '/openapi.json',
  operationId: 'getOpenApi',
  summary: 'Get this document',
  tag,
  access: 'none',
  answers: {
    200: {
      ...json(
        'The description of the API in OpenAPI 3.1.',
        z.looseObject({ openapi: z.string() }).meta({ id: 'OpenApiDocument' }),
        { openapi: '3.1.0' },
      ),
      // As it is, without the masks of answers: its addresses are examples.
      written: {},
    },
  },
});

export const getDocs = defineRoute({
  method: 'get',
  path: '/docs',
  operationId: 'getDocs',
  summary: 'Read this document as a page',
  tag,
  access: 'none',
  answers: { 200: { description: 'The page.', written: PAGE } },
});

/** The parts of the page, all from files of this installation. */
export const DOCS_FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'initializer.js'] as const;
export const getDocsFile = defineRoute({
  method: 'get',
  path: '/docs/{file}',
  operationId: 'getDocsFile',
  summary: 'Get a part of the page',
  tag,
  access: 'none',
  params: z.object({
    file: z
      .enum(DOCS_FILES, { error: ({ input }) => `There is no file "${String(input)}" here.` })
      .meta({ description: 'Name of the part.', examples: ['initializer.js'] }),
  }),
  answers: { 200: { description: 'The part.', written: { 'text/css': '', 'text/javascript': '' } } },
});

export const getPage = defineRoute({
  method: 'get',
  path: '/',
  operationId: 'getPage',
  summary: 'Open the page for administrators and support',
  tag,
  access: 'none',
  answers: { 200: { description: 'The page.', written: PAGE } },
  problems: ['not-found'],
});

export const getPagePart = defineRoute({
  method: 'get',
  path: '/page/{file}',
  operationId: 'getPagePart',
  summary: 'Get a part of the page for administrators and support',
  tag,
  access: 'none',
  params: z.object({
    file: z
      .string()
      .regex(/^[\w-]+\.(?:js|css)$/, { error: ({ input }) => `There is no file "${String(input)}" here.` })
      .meta({ description: 'Name of the part, with a hash of its content.', examples: ['page-3F2KQ7ZX.css'] }),
  }),
  answers: { 200: { description: 'The part.', written: { 'text/css': '', 'text/javascript': '' } } },
  problems: ['not-found'],
});

export const listProblems = defineRoute({
  method: 'get',
  path: '/problems',
  operationId: 'listProblems',
  summary: 'Read which problems there are',
  tag,
  access: 'none',
  answers: { 200: { description: 'The page.', written: PAGE } },
});

const explanation = z
  .object({
    code: z.string(),
    status: z.int().nullable().meta({ description: 'Of the answer; `null` for a problem of a file or a row.' }),
    title: z.string(),
    message: z.string(),
    fix: z.string(),
  })
  .meta({ id: 'ProblemExplanation' });

export const explainProblem = defineRoute({
  method: 'get',
  path: '/problems/{code}',
  operationId: 'explainProblem',
  summary: 'Read what a problem means and what to do',
  description: 'The `type` of every problem document leads here. A page, or JSON for those who ask for it.',
  tag,
  access: 'none',
  params: z.object({
    code: z
      .enum([...API_PROBLEM_CODES, ...PROBLEM_CODES], {
        error: ({ input }) => `There is no problem "${String(input)}". /problems lists all of them.`,
      })
      .meta({ description: 'The code of the problem.', examples: ['plan-outdated'] }),
  }),
  answers: {
    200: {
      ...json('The explanation.', explanation, {
        code: 'plan-outdated',
        status: 409,
        title: 'Plan outdated',
        message: 'The hash does not match the current plan: the data have changed since it was shown.',
        fix: 'Review the import and its rows again, then apply the plan shown there.',
      }),
      written: PAGE,
    },
  },
});

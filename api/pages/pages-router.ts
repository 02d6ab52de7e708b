import type { Request, Response } from 'express';
import { readFile } from 'node:fs/promises';
import { createApiDocument } from '../openapi/document';
import type { RouteSpec } from '../routing/route';
import { sendPage } from '../http/answers';
import { reply, route, WRITTEN } from '../routing/route';
import type { Route } from '../routing/route';
import { HttpProblem } from '../http/http-problem';
import { PAGE, readAdminPage } from './admin-page';
import { explainProblem, getDocs, getDocsFile, getOpenApi, getPage, getPagePart, listProblems } from './page-routes';
import type { DOCS_FILES } from './page-routes';
import { explain, renderExplanation, renderProblemList } from './problem-pages';

const HTML = 'text/html; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';

const DOCS_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>client-import: API</title>
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/initializer.js"></script>
</body>
</html>
`;
/** A file of its own, since the page may not contain scripts. */
const INITIALIZER = "SwaggerUIBundle({ url: 'openapi.json', dom_id: '#docs', validatorUrl: null });\n";

/**
 * Pages for the people who integrate with the API, and the one for administrators. They need no key. `signInAddress` is where people sign in
 * by an account of the company; absent where they cannot.
 */
export function createPagesRoutes(specs: readonly RouteSpec[], signInAddress?: string): Route[] {
  const document = JSON.stringify(createApiDocument(specs));
  const page = readAdminPage({ signInAddress });

  function sendPart(request: Request, response: Response, name: string): void {
    if (!page) throw new HttpProblem(404, 'not-found', 'The page is not built here: run `npm run build`.');
    const file = page.get(name);
    if (!file) throw new HttpProblem(404, 'not-found', `There is no file "${name}" here.`);
    const { type, content, gzip } = file;
    const isGzip = request.acceptsEncodings('gzip') === 'gzip';
    const cached = name === PAGE ? 'never' : 'always';
    sendPage(response, { type, policy: 'admin', cached, isGzip }, isGzip ? gzip : content);
  }

  return [
    route(getOpenApi, async (_input, _request, response) => {
      sendPage(response, { type: 'application/json; charset=utf-8' }, document);
      return WRITTEN;
    }),

    route(getDocs, async (_input, _request, response) => {
      sendPage(response, { type: HTML, policy: 'docs' }, DOCS_PAGE);
      return WRITTEN;
    }),

    route(getDocsFile, async ({ params: { file } }, _request, response) => {
      sendPage(
        response,
        { type: file.endsWith('.css') ? 'text/css; charset=utf-8' : SCRIPT },
        await readDocsFile(file),
      );
      return WRITTEN;
    }),

    route(getPage, async (_input, request, response) => {
      sendPart(request, response, PAGE);
      return WRITTEN;
    }),

    route(getPagePart, async ({ params: { file } }, request, response) => {
      sendPart(request, response, file);
      return WRITTEN;
    }),

    route(listProblems, async (_input, _request, response) => {
      sendPage(response, { type: HTML }, renderProblemList());
      return WRITTEN;
    }),

    route(explainProblem, async ({ params: { code } }, request, response) => {
      const explanation = explain(code);
      response.vary('Accept');
      if (request.accepts(['text/html', 'application/json']) === 'application/json') return reply(200, explanation);
      sendPage(response, { type: HTML }, renderExplanation(explanation));
      return WRITTEN;
    }),
  ];
}

const readDocsFile = async (file: (typeof DOCS_FILES)[number]): Promise<Uint8Array | string> =>
  file === 'initializer.js' ? INITIALIZER : readFile(require.resolve(`swagger-ui-dist/${file}`));

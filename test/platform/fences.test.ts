import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const PROJECT = join(__dirname, '..', '..');

/** The fences need no types; without them the snippets need not be files of the project. */
const eslint = new ESLint({ cwd: PROJECT, overrideConfig: tseslint.configs.disableTypeChecked as never });

/** As in `eslint.config.mjs`. */
const DEEPEST = 4;
const IMPORTS = '@typescript-eslint/no-restricted-imports';

async function rulesBroken(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: join(PROJECT, file) });
  const { messages } = result!;
  const fatal = messages.find((message) => message.fatal);
  if (fatal) throw new Error(`${file} was not linted: ${fatal.message}`);
  // A snippet does nothing with what it imports.
  return messages.map(({ ruleId }) => ruleId ?? 'no rule').filter((rule) => !rule.endsWith('no-unused-vars'));
}

test.each([
  ['workflows/x.ts', "import { openStore } from '../store/index';", IMPORTS],
  ['workflows/x.ts', "import type { Store } from '../store/index';", IMPORTS],
  ['workflows/x.ts', "import { createDatabaseActivities } from '../activities/index';", IMPORTS],
  ['workflows/x.ts', "import { readFile } from 'node:fs/promises';", IMPORTS],
  ['workflows/x.ts', "import fs from 'fs';", IMPORTS],
  ['workflows/x.ts', "import { checkRows } from '../domain/checking/check-rows';", IMPORTS],
  ['workflows/x.ts', "import { describeProblem } from '../domain/problems/problem-catalogue';", IMPORTS],
  ['domain/problems/texts/x.ts', "import { STAFF_ROLES } from '../../person';", IMPORTS],
  ['domain/problems/texts/x.ts', "import { randomUUID } from 'node:crypto';", IMPORTS],
  ['workflows/x.ts', "import { createLogger } from '../platform/logger';", IMPORTS],
  ['workflows/x.ts', "import { Context } from '@temporalio/activity';", IMPORTS],
  ['contract/x.ts', "import { z } from 'zod';", IMPORTS],
  ['contract/x.ts', "import { createHash } from 'node:crypto';", IMPORTS],
  ['contract/x.ts', "import { maskEmail } from '../domain/problems/mask';", IMPORTS],
  ['domain/x.ts', "import { openStore } from '../store/index';", IMPORTS],
  ['domain/reading/x.ts', "import { openStore } from '../../store/index';", IMPORTS],
  ['activities/x.ts', "import { MongoClient } from 'mongodb';", IMPORTS],
  ['api/x.ts', "import { ObjectId } from 'mongodb';", IMPORTS],
  ['api/x.ts', "import { Db } from 'mongodb/lib/db';", IMPORTS],
  ['api/limits/x.ts', "import { RateLimiterMongo } from 'rate-limiter-flexible';", IMPORTS],
  ['activities/x.ts', "import Twilio from 'twilio/lib/rest/Twilio';", IMPORTS],
  ['api/x.ts', "import { EventWebhook } from '@sendgrid/eventwebhook';", IMPORTS],
  ['contract/x.ts', "import { parsePhoneNumber } from 'libphonenumber-js/max';", IMPORTS],
  ['local/x.ts', "import { MongoClient } from 'mongodb';", IMPORTS],
  ['activities/x.ts', "import twilio from 'twilio';", IMPORTS],
  ['worker/x.ts', "import sendGrid from '@sendgrid/mail';", IMPORTS],
  ['store/x.ts', "import { createSenders } from '../providers/index';", IMPORTS],
  ['providers/x.ts', "import { openStore } from '../store/index';", IMPORTS],
  ['api/app.ts', "import { Client } from '@temporalio/client';", IMPORTS],
  ['api/x.ts', "import { createWorkers } from '../worker/create-workers';", IMPORTS],
  ['api/temporal/import-service.ts', "import { createSenders } from '../../providers/index';", IMPORTS],
  ['activities/sending/x.ts', "import { createWorkers } from '../../worker/create-workers';", IMPORTS],
  ['store/people/x.ts', "import { createSenders } from '../../providers/index';", IMPORTS],
  ['domain/reading/workbook/x.ts', "import { openStore } from '../../../store/index';", IMPORTS],
  ['workflows/handlers/x.ts', "import { readFile } from 'node:fs/promises';", IMPORTS],
  ['workflows/handlers/x.ts', "import { createDatabaseActivities } from '../../activities/index';", IMPORTS],
  ['api/main.ts', "import { MongoClient } from 'mongodb';", IMPORTS],
  ['api/x.ts', "import { createWebhookReaders } from '../providers/webhooks';", IMPORTS],
  ['cli/x.ts', "import { openStore } from '../store/index';", IMPORTS],
  ['cli/x.ts', "import { createApp } from '../api/app';", IMPORTS],
  ['client/x.ts', "import { RETRY_INVITATIONS } from '../contract/messages';", IMPORTS],
  ['cli/commands/x.ts', "import { openStore } from '../../store/index';", IMPORTS],
  ['cli/admin/x.ts', "import { createApp } from '../../api/app';", IMPORTS],
  ['cli/admin/x.ts', "import { MongoClient } from 'mongodb';", IMPORTS],
  ['sandbox/x.ts', "import { loadConfig } from '../platform/config';", IMPORTS],
  ['local/binaries/x.ts', "import { createApp } from '../../api/app';", IMPORTS],
  ['sandbox/callbacks/x.ts', "import { loadConfig } from '../../platform/config';", IMPORTS],
  ['store/x.ts', "import { uniqueName } from '../test/support/environment';", IMPORTS],
  ['domain/x.ts', "export { openStore } from '../store/index';", IMPORTS],
  ['api/x.ts', 'export const port = process.env.PORT;', 'no-restricted-properties'],
  ['platform/logger.ts', 'export const { PORT } = process.env;', 'no-restricted-properties'],
  ['api/x.ts', 'export const f = (response: Response) => response.send(1);', 'no-restricted-syntax'],
  ['api/rows/x.ts', 'export const f = (response: Response) => response.status(200).send(1);', 'no-restricted-syntax'],
  ['api/rows/x.ts', "export const f = (response: Response) => response.end('x');", 'no-restricted-syntax'],
  ['api/rows/x.ts', "export const f = (response: Response) => response.redirect('/x');", 'no-restricted-syntax'],
  ['api/rows/x.ts', 'export const f = (a: Readable, response: Response) => a.pipe(response);', 'no-restricted-syntax'],
  ['api/x.ts', "console.log('x');", 'no-console'],
  ['cli/x.ts', "console.error('x');", 'no-console'],
  ['test/x.test.ts', "console.log('x');", 'no-console'],
])('In %s, lint rejects %s', async (file, code, rule) => {
  expect(await rulesBroken(file, code)).toEqual([rule]);
});

test.each([
  ['workflows/x.ts', "import type { DatabaseActivities } from '../activities/index';"],
  ['workflows/x.ts', "import { SEARCH_ATTRIBUTES } from '../contract/messages';"],
  ['workflows/x.ts', "import { condition } from '@temporalio/workflow';"],
  ['store/x.ts', "import { MongoClient } from 'mongodb';"],
  ['providers/x.ts', "import twilio from 'twilio';"],
  ['api/temporal/import-service.ts', "import { Client } from '@temporalio/client';"],
  ['api/main.ts', "import { createWebhookReaders } from '../providers/webhooks';"],
  ['cli/x.ts', "import { checkRows } from '../domain/checking/check-rows';"],
  ['cli/admin/x.ts', "import { openStore } from '../../store/index';"],
  ['activities/sending/x.ts', "import { openStore } from '../../store/index';"],
  // A subfolder that bears the name of a top folder is its own folder's business.
  ['activities/lifecycle/x.ts', "import { x } from '../api/x';"],
  ['workflows/handlers/x.ts', "import type { DatabaseActivities } from '../../activities/index';"],
  ['activities/x.ts', "import { readFile } from 'node:fs/promises';"],
  ['api/rows/x.ts', 'export const f = (response: Response) => response.status(204).end();'],
  ['api/rows/x.ts', 'export const f = (response: Response) => response.json({});'],
  ['api/http/answers.ts', 'export const f = (response: Response) => response.send(1);'],
  ['platform/config.ts', 'export const port = process.env.PORT;'],
  ['test/x.test.ts', "import { MongoClient } from 'mongodb';"],
])('In %s, lint accepts %s', async (file, code) => {
  expect(await rulesBroken(file, code)).toEqual([]);
});

test.each([
  ...['contract', 'domain', 'platform', 'store', 'providers', 'workflows'],
  ...['activities', 'worker', 'api', 'cli', 'client', 'local', 'sandbox'],
])('No file of %s is nested deeper than the fences reach', (folder) => {
  const files = readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' });
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => file.split(sep).length > DEEPEST + 1)).toEqual([]);
});

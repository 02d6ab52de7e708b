import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client } from '@sendgrid/client';
import { MailService } from '@sendgrid/mail';
import twilio from 'twilio';
import type { CallbackEntry } from '../../../sandbox/callbacks/log';
import type { LogEntry } from '../../../sandbox/http/request-log';
import type { LedgerMessage } from '../../../sandbox/ledger/ledger';
import type { Fault } from '../../../sandbox/faults/plan';
import type { Sandbox, SandboxOptions } from '../../../sandbox/server';
import { startSandbox } from '../../../sandbox/server';

export const ACCOUNT = `AC${'0'.repeat(32)}`;
export const SENDER = '+12025550123';

export const makeDataDir = (): string => fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-test-'));

/** Starts a sandbox for this test file, emptied before each test. */
export function useSandbox(more: Partial<SandboxOptions> = {}): { url(): string } {
  let sandbox: Sandbox;
  let dataDir: string;
  beforeAll(async () => {
    dataDir = makeDataDir();
    sandbox = await startSandbox({ host: '127.0.0.1', port: 0, dataDir, latencyMs: 0, ...more });
  });
  beforeEach(async () => {
    for (const records of ['__ledger', '__requests', '__faults', '__outcomes', '__callbacks'])
      await control(sandbox.url, `/${records}`, 'DELETE');
    await control(sandbox.url, '/__settings', 'PUT', { latencyMs: 0, listLagMs: 0 });
    await control(sandbox.url, '/__webhooks', 'PUT', { url: null });
  });
  afterAll(async () => {
    await sandbox.close();
    fs.rmSync(dataDir, { recursive: true });
  });
  return { url: () => sandbox.url };
}

export function twilioAt(url: string, token = 'token'): twilio.Twilio {
  const client = twilio(ACCOUNT, token);
  client.api.baseUrl = url;
  return client;
}

export function sendGridAt(url: string, key = 'SG.key'): MailService {
  const client = new Client();
  client.setApiKey(key);
  client.setDefaultRequest('baseUrl', url);
  const service = new MailService();
  service.setClient(client);
  service.setSubstitutionWrappers('-', '-');
  return service;
}

/** Calls a control route, and returns its status and its JSON. */
export async function control<T>(url: string, route: string, method = 'GET', body?: unknown) {
  const init =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
  const response = await fetch(url + route, { method, ...init });
  const text = await response.text();
  return { status: response.status, json: (text === '' ? undefined : JSON.parse(text)) as T };
}

export const ledgerOf = async (url: string, query = ''): Promise<LedgerMessage[]> =>
  (await control<{ messages: LedgerMessage[] }>(url, `/__ledger${query}`)).json.messages;

export const requestsOf = async (url: string, query = ''): Promise<(LogEntry & { recipients: number })[]> =>
  (await control<{ requests: (LogEntry & { recipients: number })[] }>(url, `/__requests${query}`)).json.requests;

export async function planFault(url: string, fault: object | object[]): Promise<Fault[]> {
  const { status, json } = await control<{ faults: Fault[] }>(url, '/__faults', 'POST', fault);
  expect({ status, json }).toMatchObject({ status: 201 });
  return json.faults;
}

export async function planOutcome(url: string, outcome: object | object[]): Promise<void> {
  expect(await control(url, '/__outcomes', 'POST', outcome)).toMatchObject({ status: 201 });
}

export const callbacksOf = async (url: string, query = ''): Promise<CallbackEntry[]> =>
  (await control<{ callbacks: CallbackEntry[] }>(url, `/__callbacks${query}`)).json.callbacks;

export interface TwilioFailure {
  status?: number;
  code?: number | string;
  message: string;
  moreInfo?: string;
}
export interface SendGridFailure {
  code: number | string;
  response?: {
    headers: Record<string, string>;
    body: { errors: { message: string; field: string | null; help: string | null }[] };
  };
}

/** The error of a promise; throws if it does not reject. */
export async function failureOf<T>(promise: Promise<unknown>): Promise<T> {
  try {
    await promise;
  } catch (error) {
    return error as T;
  }
  throw new Error('The promise was expected to reject, and did not.');
}

/** Asks until the answer is truthy; jest's own time limit ends it. */
export async function until<T>(ask: () => Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

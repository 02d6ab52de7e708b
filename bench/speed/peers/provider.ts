import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setting } from './protocol';

/**
 * Twilio and SendGrid at the least cost: accepts every message after the latency, and remembers who got one.
 * The sandbox checks, plans and stores so much that it takes most of the machine from those who are compared.
 */
let latencyMs = 0;
let recipients: string[] = [];
/** When the messages of each channel came, in milliseconds since 1970: once for each person of an e-mail request. */
let arrivals: Record<'email' | 'sms', number[]> = { email: [], sms: [] };

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString();
    if (request.url!.startsWith('/__') || request.url === '/healthz') control(request, response, body);
    else receive(request, response, body);
  });
}).listen(Number(setting('SANDBOX_PORT')), '127.0.0.1');

function receive(request: IncomingMessage, response: ServerResponse, body: string): void {
  const at = Date.now();
  setTimeout(() => accept(request, response, body, at), latencyMs);
}

function accept(request: IncomingMessage, response: ServerResponse, body: string, at: number): void {
  const id = randomBytes(16).toString('hex');
  if (request.url!.endsWith('/mail/send')) {
    const { personalizations } = JSON.parse(body) as { personalizations: { to: { email: string }[] }[] };
    for (const { to } of personalizations) for (const { email } of to) note('email', email, at);
    response.writeHead(202, { 'x-message-id': id, 'content-length': 0 }).end();
    return;
  }
  const form = new URLSearchParams(body);
  note('sms', form.get('To')!, at);
  const message = { sid: `SM${id}`, status: 'queued', to: form.get('To'), from: form.get('From'), error_code: null };
  const answer = JSON.stringify(message);
  response.writeHead(201, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer);
}

function note(channel: 'email' | 'sms', to: string, at: number): void {
  recipients.push(to);
  arrivals[channel].push(at);
}

/** The part of the sandbox's own API that the bench needs, its ledger as lines of addresses, and when the messages came. */
function control(request: IncomingMessage, response: ServerResponse, body: string): void {
  if (request.url === '/__settings') ({ latencyMs } = JSON.parse(body) as { latencyMs: number });
  if (request.url === '/__ledger' && request.method === 'DELETE') {
    recipients = [];
    arrivals = { email: [], sms: [] };
  }
  if (request.url === '/__arrivals') response.end(JSON.stringify(arrivals));
  else response.end(request.url === '/__recipients' ? recipients.join('\n') : '{}');
}

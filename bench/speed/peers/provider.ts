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

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString();
    if (request.url!.startsWith('/__') || request.url === '/healthz') control(request, response, body);
    else setTimeout(() => accept(request, response, body), latencyMs);
  });
}).listen(Number(setting('SANDBOX_PORT')), '127.0.0.1');

function accept(request: IncomingMessage, response: ServerResponse, body: string): void {
  const id = randomBytes(16).toString('hex');
  if (request.url!.endsWith('/mail/send')) {
    const { personalizations } = JSON.parse(body) as { personalizations: { to: { email: string }[] }[] };
    for (const { to } of personalizations) for (const { email } of to) recipients.push(email);
    response.writeHead(202, { 'x-message-id': id, 'content-length': 0 }).end();
    return;
  }
  const form = new URLSearchParams(body);
  recipients.push(form.get('To')!);
  const message = { sid: `SM${id}`, status: 'queued', to: form.get('To'), from: form.get('From'), error_code: null };
  const answer = JSON.stringify(message);
  response.writeHead(201, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer);
}

/** The part of the sandbox's own API that the bench needs, and its ledger as lines of addresses. */
function control(request: IncomingMessage, response: ServerResponse, body: string): void {
  if (request.url === '/__settings') ({ latencyMs } = JSON.parse(body) as { latencyMs: number });
  if (request.url === '/__ledger' && request.method === 'DELETE') recipients = [];
  response.end(request.url === '/__recipients' ? recipients.join('\n') : '{}');
}

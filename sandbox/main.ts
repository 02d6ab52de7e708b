import { isWebUrl } from './http/schema';
import { startSandbox } from './server';

/** The sandbox as a process. Prints its URL as JSON once it listens. */
async function main(): Promise<void> {
  const { SANDBOX_HOST, SANDBOX_HOSTS, SANDBOX_PORT, SANDBOX_DATA, SANDBOX_LATENCY_MS } = process.env;
  const { SANDBOX_WEBHOOK_KEY, SANDBOX_WEBHOOK_URL, SANDBOX_PRODUCT_URL } = process.env;
  if (!SANDBOX_DATA) throw new Error('SANDBOX_DATA is not set. Name the folder that holds the ledger.');
  const sandbox = await startSandbox({
    host: SANDBOX_HOST || '127.0.0.1',
    port: wholeNumber('SANDBOX_PORT', SANDBOX_PORT, 8025, 65_535),
    dataDir: SANDBOX_DATA,
    latencyMs: wholeNumber('SANDBOX_LATENCY_MS', SANDBOX_LATENCY_MS, 0, 3_600_000),
    webhookKey: SANDBOX_WEBHOOK_KEY,
    hosts: (SANDBOX_HOSTS ?? '').split(',').flatMap((name) => name.trim() || []),
    webhookUrl: webUrl('SANDBOX_WEBHOOK_URL', SANDBOX_WEBHOOK_URL),
    productUrl: webUrl('SANDBOX_PRODUCT_URL', SANDBOX_PRODUCT_URL),
  });
  const stop = (): void => void sandbox.close().then(() => process.exit(0), fail);
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.stdout.write(`${JSON.stringify({ listening: sandbox.url })}\n`);
}

function wholeNumber(name: string, value: string | undefined, fallback: number, max: number): number {
  if (!value) return fallback;
  if (/^\d+$/.test(value) && Number(value) <= max) return Number(value);
  throw new Error(`${name} is "${value}". Give a whole number from 0 to ${max}.`);
}

function webUrl(name: string, value: string | undefined): string | undefined {
  if (!value) return undefined;
  if (isWebUrl(value)) return value;
  throw new Error(`${name} is "${value}". Give a URL that begins with http:// or https://.`);
}

function fail(error: NodeJS.ErrnoException): void {
  const inUse = error.code === 'EADDRINUSE' ? ' Set SANDBOX_PORT to another port, or to 0 for any free one.' : '';
  process.stderr.write(`The sandbox cannot run: ${error.message}${inUse}\n`);
  process.exit(1);
}

main().catch(fail);

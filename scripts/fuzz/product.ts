import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const START_LIMIT_MS = 180_000;
/** Callers without a key meet their limits, which are not what is tested. */
const GENEROUS = {
  RATE_LIMIT_FAILURES: '1000000',
  RATE_LIMIT_PER_KEY: '1000000',
  RATE_LIMIT_PER_ORGANISATION: '1000000',
};

export interface Product {
  url: string;
  /** Of the sandbox, which holds the messages with their links. */
  sandboxUrl: string;
  /** Of a system administrator. */
  key: string;
  stop(): Promise<void>;
}

/** Runs what `npm start` runs, on spare ports and with its data in this folder. */
export async function startProduct(data: string): Promise<Product> {
  const ports = ['', 'TEMPORAL_', 'TEMPORAL_UI_', 'MONGODB_', 'SANDBOX_'].map((name) => [`${name}PORT`, '0'] as const);
  const child = spawn(process.execPath, ['--import', 'tsx', 'local/main.ts'], {
    cwd: ROOT,
    env: { ...process.env, ...GENEROUS, ...Object.fromEntries(ports), CLIENT_IMPORT_DATA: data },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  const [url, sandboxUrl] = await new Promise<[string, string]>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('The product did not start.')), START_LIMIT_MS);
    void ended.then((code) => reject(new Error(`The product ended with ${code}.`)));
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const address = /API +(http\S+)/.exec(said)?.[1];
      const sandbox = /Sandbox inbox +(http\S+)/.exec(said)?.[1];
      if (address === undefined || sandbox === undefined || !said.includes('Press Ctrl-C to stop.')) return;
      clearTimeout(late);
      resolve([address, sandbox]);
    });
  }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const keys = JSON.parse(readFileSync(join(data, 'keys.json'), 'utf8')) as { systemAdministrator: string };
  return { url, sandboxUrl, key: keys.systemAdministrator, stop };
}

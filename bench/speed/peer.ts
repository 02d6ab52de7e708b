import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { peerEntry } from './stack/build';
import type { ClientFile } from './client-files';
import type { Answer, Order } from './peers/protocol';
import type { Stack } from './stack/stack';

/** Of each peer, so that none finds what another has left. */
export const databaseOf = (peer: string): string => `bench-${peer}`;
export type Peer = Awaited<ReturnType<typeof startPeer>>;

/** Starts a peer as a process of its own, as warm as the product: it carries out all orders of a run. */
export async function startPeer(stack: Stack, name: string, own: NodeJS.ProcessEnv = {}) {
  const env = {
    ...process.env,
    ...{ MONGODB_URI: stack.mongoUri, PEER_DATABASE: databaseOf(name), SANDBOX_URL: stack.sandboxUrl },
    ...own,
  };
  const child = spawn(process.execPath, [peerEntry(name)], { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The peer ${name} has ended (${String(code)}).`);
  });
  ended.catch(() => undefined); // Whoever waits for an answer hears of it.
  await Promise.race([once(child, 'message'), ended]);
  return {
    name,
    pid: child.pid!,
    async import(files: readonly ClientFile[]): Promise<number> {
      const answered = once(child, 'message');
      child.send({ files: files.map(({ path }) => path) } satisfies Order);
      const [answer] = (await Promise.race([answered, ended])) as [Answer];
      if ('error' in answer) throw new Error(`The peer ${name} failed: ${answer.error}`);
      return answer.ms;
    },
    stop: () => void child.kill(),
  };
}

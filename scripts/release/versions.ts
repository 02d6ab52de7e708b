export const STEPS = ['major', 'minor', 'patch'] as const;

/** The version after this one, by a step of Semantic Versioning; or the one that is named. Throws where it is neither, or older. */
export function nextVersion(current: string, wanted: string): string {
  const numbers = numbersOf(current);
  const step = STEPS.findIndex((one) => one === wanted);
  if (step >= 0) return numbers.map((number, i) => (i < step ? number : i === step ? number + 1 : 0)).join('.');
  const named = numbersOf(wanted);
  const first = named.findIndex((number, i) => number !== numbers[i]);
  if (first >= 0 && named[first]! < numbers[first]!) throw new Error(`${wanted} is older than ${current}.`);
  return wanted;
}

function numbersOf(version: string): number[] {
  if (!/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/.test(version))
    throw new Error(`"${version}" is neither ${STEPS.join(', ')} nor a version such as 1.2.3.`);
  return version.split('.').map(Number);
}

/** Where the version stands, but for `package.json` and its lock file, which npm writes. */
export const PLACES: readonly { file: string; pattern: RegExp }[] = [
  { file: 'deploy/helm/client-import/Chart.yaml', pattern: /(?<=^version: )\S+$/m },
  { file: 'deploy/helm/client-import/Chart.yaml', pattern: /(?<=^appVersion: )\S+$/m },
  { file: 'docker-compose.yml', pattern: /(?<=image: client-import:)\S+$/m },
  { file: 'docs/deployment.md', pattern: /(?<=docker build -t client-import:)\d+\.\d+\.\d+/ },
];

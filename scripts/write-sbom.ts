import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * `npm run sbom`, and a part of `npm run build`: lists what the product is made of, from the lock file alone. `dist/sbom.cdx.json` is
 * a CycloneDX document for scanners, `dist/licences.tsv` the licences for people.
 */
const ROOT = join(__dirname, '..');

interface Component {
  name: string;
  version: string;
  licenses?: { license?: { id?: string; name?: string }; expression?: string }[];
}

const document = execFileSync(
  'npm',
  ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only', '--omit', 'dev'],
  { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
);
const { components } = JSON.parse(document) as { components: Component[] };
const licenceOf = ({ licenses = [] }: Component): string =>
  licenses.map(({ license, expression }) => license?.id ?? license?.name ?? expression ?? '').join(' and ') ||
  'unknown';

mkdirSync(join(ROOT, 'dist'), { recursive: true });
writeFileSync(join(ROOT, 'dist', 'sbom.cdx.json'), document);
writeFileSync(
  join(ROOT, 'dist', 'licences.tsv'),
  components.map((one) => `${one.name}\t${one.version}\t${licenceOf(one)}\n`).join(''),
);
process.stdout.write(`${components.length} packages are listed in dist/sbom.cdx.json and dist/licences.tsv\n`);

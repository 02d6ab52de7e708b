import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { renderEnvExample, renderSettingsPage } from './settings-pages';

/** Rewrites `.env.example` and `docs/settings.md`: npm run docs:settings */
async function main(): Promise<void> {
  writeFileSync(join(__dirname, '../.env.example'), renderEnvExample());
  const page = await format(renderSettingsPage(), { parser: 'markdown' });
  writeFileSync(join(__dirname, '../docs/settings.md'), page);
}

void main();

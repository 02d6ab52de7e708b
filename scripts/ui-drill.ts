import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Drives the Temporal UI in Chromium as support staff would: finds an import by its status, reads it, retries it and sees it complete.
 * Keeps how long each took in docs/drills.md, and the pictures in docs/images/: npm run ui-drill
 */
const project = join(__dirname, '..');
const images = join(project, 'docs', 'images');
mkdirSync(images, { recursive: true });
const { status } = spawnSync('npm', ['test', '--', 'test/ui/temporal-ui.test.ts'], {
  cwd: project,
  stdio: 'inherit',
  env: { ...process.env, KEEP_RESULTS: '1', UI_DRILL_IMAGES: images },
});
process.exitCode = status ?? 1;

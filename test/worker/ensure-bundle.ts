import '../../worker/create-workers';
import { ensureWorkflowBundle } from '../../worker/workflow-bundle';

/** Ensures the bundle as a worker does, and prints its path and the parts of a bundler that this process has loaded for it. */
void ensureWorkflowBundle().then((path) => {
  const bundlers = Object.keys(require.cache).filter((file) => /@swc\/core|webpack\/lib\/Compiler\.js$/.test(file));
  process.stdout.write(JSON.stringify({ path, bundlers }));
});

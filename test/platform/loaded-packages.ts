import '../../api/app';
import { loadConfig } from '../../platform/config';
import { startTracing } from '../../platform/tracing/start-tracing';
import '../../worker/create-workers';

/** Loads the parts of API and worker, and prints which packages of OpenTelemetry they have loaded for it. */
startTracing(loadConfig(), 'test');
const packages = Object.keys(require.cache).flatMap((file) => /@opentelemetry\/([\w-]+)/.exec(file)?.[1] ?? []);
process.stdout.write(JSON.stringify([...new Set(packages)]));

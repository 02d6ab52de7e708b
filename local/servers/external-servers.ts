import { temporalSettings } from '../../platform/temporal-connection';
import { openMongo } from '../../store/mongo';
import { START } from '../processes/project';
import { messageOf, StartError } from '../processes/start-error';
import { createNamespaceCheck } from './temporal-server';

/** Checks a server that runs elsewhere before the start: a worker that waits for it would be silent for a minute. */
export async function assertTemporalAnswers(): Promise<void> {
  const { connectionOptions, namespace = 'default' } = temporalSettings();
  const namespaceCheck = createNamespaceCheck(connectionOptions, namespace);
  try {
    await namespaceCheck.run();
  } catch (error) {
    throw new StartError(
      `Temporal at ${connectionOptions.address ?? 'its default address'}, namespace "${namespace}", does not answer ` +
        `(${messageOf(error)}).\n` +
        `Check TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and TEMPORAL_PROFILE; without them ${START} runs a server of its own.`,
    );
  } finally {
    await namespaceCheck.close();
  }
}

/** The error omits the address, which may contain a password. */
export async function assertMongoAnswers(uri: string, database: string): Promise<void> {
  const mongo = openMongo(uri, database);
  try {
    await mongo.ping();
  } catch (error) {
    throw new StartError(
      `The database of MONGODB_URI does not answer (${messageOf(error)}).\n` +
        `Check the address, and that the server runs; without MONGODB_URI ${START} runs a server of its own.`,
    );
  } finally {
    await mongo.close();
  }
}

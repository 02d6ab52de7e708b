import { temporalSettings } from '../../platform/temporal-connection';
import { openMongo } from '../../store/mongo';
import { messageOf, StartError } from '../start-error';
import { createNamespaceAsker } from './temporal-server';

/** Servers that somebody else runs are asked first: a worker that waits for one of them tells nothing for a minute. */
export async function assertTemporalAnswers(): Promise<void> {
  const { connectionOptions, namespace = 'default' } = temporalSettings();
  const asker = createNamespaceAsker(connectionOptions, namespace);
  try {
    await asker.ask();
  } catch (error) {
    throw new StartError(
      `Temporal at ${connectionOptions.address ?? 'its usual address'}, namespace "${namespace}", does not answer ` +
        `(${messageOf(error)}).\n` +
        'Check TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and TEMPORAL_PROFILE; without them a server is started here.',
    );
  } finally {
    await asker.close();
  }
}

/** The address is not repeated: it may hold a password. */
export async function assertMongoAnswers(uri: string, database: string): Promise<void> {
  const mongo = openMongo(uri, database);
  try {
    await mongo.ping();
  } catch (error) {
    throw new StartError(
      `The database of MONGODB_URI does not answer (${messageOf(error)}).\n` +
        'Check the address and that the server runs; without MONGODB_URI one is started here.',
    );
  } finally {
    await mongo.close();
  }
}

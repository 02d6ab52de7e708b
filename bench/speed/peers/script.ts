import { MongoClient } from 'mongodb';
import { createCalls, createLimit } from './calls';
import { obey, setting } from './protocol';
import { readClients } from './read-clients';

/**
 * The yardstick: a plain script as one would write it for a single import. It keeps no books, so a crash leaves nobody able
 * to say who was invited. Reads, inserts the clients of a file at once, and sends.
 */
const IN_FLIGHT = 256;
/** The next files are read and inserted while messages of the ones before are on their way. */
const FILES_AT_ONCE = 4;

const mongo = new MongoClient(setting('MONGODB_URI'), { appName: 'bench-peer' });
const clients = mongo.db(setting('PEER_DATABASE')).collection('clients');
const calls = createCalls(setting('SANDBOX_URL'), IN_FLIGHT);
const limit = createLimit(FILES_AT_ONCE);

async function importFile(path: string): Promise<void> {
  const read = readClients(path);
  await clients.insertMany(
    read.map((client) => ({ ...client })),
    { ordered: false },
  );
  await calls.invite(read);
}

obey(async ({ files }) => {
  await Promise.all(files.map((path) => limit(() => importFile(path))));
});

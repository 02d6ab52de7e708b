import { MongoNetworkError, MongoServerSelectionError, MongoNotConnectedError, MongoError } from 'mongodb';

/** The system's codes of a lost connection. */
const CONNECTION_LOST = ['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT'];

/** Whether an error means that the database is temporarily unavailable, as opposed to a rejected command. */
export const isStoreUnavailable = (error: unknown): boolean =>
  error instanceof MongoNetworkError ||
  error instanceof MongoServerSelectionError ||
  error instanceof MongoNotConnectedError ||
  (error instanceof MongoError && error.hasErrorLabel('RetryableWriteError')) ||
  isBareSocketError(error);

/** The driver passes on the system's own error if a connection breaks during a write. */
const isBareSocketError = (error: unknown): boolean =>
  error instanceof Error &&
  'syscall' in error &&
  (error.syscall === 'write' || error.syscall === 'read') &&
  'code' in error &&
  CONNECTION_LOST.includes(error.code as string);

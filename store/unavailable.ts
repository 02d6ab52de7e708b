import {
  MongoError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoServerError,
  MongoServerSelectionError,
} from 'mongodb';

/** The system's codes of a lost connection. */
const CONNECTION_LOST = ['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT'];

/** Whether an error means that the database is temporarily unavailable, as opposed to a rejected command. */
export const isStoreUnavailable = (error: unknown): boolean =>
  error instanceof MongoNetworkError ||
  error instanceof MongoServerSelectionError ||
  error instanceof MongoNotConnectedError ||
  (error instanceof MongoError && error.hasErrorLabel('RetryableWriteError')) ||
  isBareSocketError(error);

/** OutOfDiskSpace; the quota of a shared cluster. A mongod whose own disk is full answers nothing: it ends itself. */
const FULL_CODES: readonly unknown[] = [14031, 8000];

/** Whether an error means that the database takes no more data. */
export const isStoreFull = (error: unknown): boolean =>
  error instanceof MongoServerError &&
  FULL_CODES.includes(error.code) &&
  (error.code !== 8000 || /space quota/i.test(error.message));

/** The driver passes on the system's own error if a connection breaks during a write. */
const isBareSocketError = (error: unknown): boolean =>
  error instanceof Error &&
  'syscall' in error &&
  (error.syscall === 'write' || error.syscall === 'read') &&
  'code' in error &&
  CONNECTION_LOST.includes(error.code as string);

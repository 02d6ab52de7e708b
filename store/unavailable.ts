import { MongoNetworkError, MongoServerSelectionError, MongoNotConnectedError, MongoError } from 'mongodb';

/** How the system says that a connection is gone. */
const CONNECTION_LOST = ['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT'];

/** Whether an error says that the database is away for now, as opposed to refusing what was asked. */
export const isStoreUnavailable = (error: unknown): boolean =>
  error instanceof MongoNetworkError ||
  error instanceof MongoServerSelectionError ||
  error instanceof MongoNotConnectedError ||
  (error instanceof MongoError && error.hasErrorLabel('RetryableWriteError')) ||
  isBareSocketError(error);

/** A connection that breaks in the very moment of a write leaves the driver as the system's own error. */
const isBareSocketError = (error: unknown): boolean =>
  error instanceof Error &&
  'syscall' in error &&
  (error.syscall === 'write' || error.syscall === 'read') &&
  'code' in error &&
  CONNECTION_LOST.includes(error.code as string);

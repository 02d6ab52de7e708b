import { MongoNetworkError, MongoServerSelectionError, MongoNotConnectedError, MongoError } from 'mongodb';

/** Whether an error says that the database is away for now, as opposed to refusing what was asked. */
export const isStoreUnavailable = (error: unknown): boolean =>
  error instanceof MongoNetworkError ||
  error instanceof MongoServerSelectionError ||
  error instanceof MongoNotConnectedError ||
  (error instanceof MongoError && error.hasErrorLabel('RetryableWriteError'));

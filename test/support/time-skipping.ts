import { temporal } from '@temporalio/proto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { SEARCH_ATTRIBUTES } from '../../contract/messages';

/** A Temporal server whose time goes on by itself as time does, and is set forward by `skip`. */
export interface SkippingServer {
  environment: TestWorkflowEnvironment;
  address: string;
  /** The clock of the server, as steps see it: each of them begins by reading it. */
  now: () => Date;
  readServerTime: ActivityInterceptorsFactory;
  /** Lets timers of so many milliseconds end. A step that becomes due meanwhile is carried out before more time is skipped. */
  skip(ms: number): Promise<void>;
  stop(): Promise<void>;
}

const { INDEXED_VALUE_TYPE_INT: INT, INDEXED_VALUE_TYPE_KEYWORD: KEYWORD } = temporal.api.enums.v1.IndexedValueType;

/** The environment alone, with the search attributes that an import sets. */
export async function createSkippingEnvironment(): Promise<TestWorkflowEnvironment> {
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: process.env.TEST_TIME_SKIPPING_SERVER! } },
  });
  await environment.connection.operatorService.addSearchAttributes({
    namespace: 'default',
    searchAttributes: Object.fromEntries(
      Object.entries(SEARCH_ATTRIBUTES).map(([key, name]) => [name, key === 'failedRows' ? INT : KEYWORD]),
    ),
  });
  return environment;
}

export async function startSkippingServer(): Promise<SkippingServer> {
  const environment = await createSkippingEnvironment();
  let ahead = 0;
  const readTime = async (): Promise<void> => {
    ahead = (await environment.currentTimeMs()) - Date.now();
  };
  return {
    environment,
    address: environment.address,
    now: () => new Date(Date.now() + ahead),
    readServerTime: () => ({
      inbound: {
        execute: async (input, next) => {
          await readTime();
          return next(input);
        },
      },
    }),
    skip: async (ms) => {
      await environment.sleep(ms);
      await readTime();
    },
    stop: () => environment.teardown(),
  };
}

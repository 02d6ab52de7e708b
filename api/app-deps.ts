import type { Channel } from '../contract/invitation';
import type { RowEdits } from '../domain/checking/row-edits';
import type { ReadTable } from '../domain/table';
import type { ImportDoc } from '../store/documents';
import type { BuiltPlan } from '../store/plans/plans';
import type { Config } from '../platform/config';
import type { Logger } from '../platform/logger';
import type { Tracing } from '../platform/tracing/tracing';
import type { OidcConfig } from '../platform/settings/oidc-config';
import type { ProviderClient } from './sign-in/provider-client';
import type { CommandTraces } from './temporal/command-traces';
import type { InvitationMessage, ProviderRecords } from '../providers/sender';
import type { TemplateLookUp } from '../providers/template-look-up';
import type { Store } from '../store/index';
import type { HealthDeps } from './health/health-router';
import type { TokenVerifier } from './http/caller';
import type { ApiMetrics } from './metrics/api-metrics';
import type { ImportService } from './temporal/import-service';
import type { Outbox } from './temporal/outbox';
import type { LinkBase } from './http/links';
import type { WebhooksDeps } from './webhooks/webhooks-router';

/** The parts of the API; each router takes those that it needs. */
export interface AppDeps extends HealthDeps {
  store: Store;
  webhooks: WebhooksDeps['webhooks'];
  /** Absent in an installation that trusts no OpenID provider. */
  verifyToken?: TokenVerifier | undefined;
  /** Absent in an installation whose people sign in to the page with keys only. */
  providerSignIn?: { provider: ProviderClient; oidc: OidcConfig; sessionMs: number } | undefined;
  service: ImportService;
  /**
   * Reads the file of an import and decides about each row, as the worker does. Writes nothing. `edits` stand in place of what was typed
   * and put aside by hand before.
   */
  /** Of a long file no rows are checked: its workflow plans it. */
  buildPlan: (importDoc: ImportDoc, edits?: RowEdits) => Promise<BuiltPlan & { isLong?: true }>;
  /** Reads the file of an import once more, as it was read for its plan. */
  readFile: (importDoc: ImportDoc) => Promise<ReadTable>;
  outbox: Outbox;
  config: Pick<
    Config,
    | 'metrics'
    | 'upload'
    | 'maxRows'
    | 'timing'
    | 'invitations'
    | 'webhookEndpoints'
    | 'limits'
    | 'http'
    | 'sendAheadDays'
    | 'quietHours'
  >;
  linkBase: LinkBase;
  /** Looks messages up at the providers: their ids by the id of each message. Absent for a provider without look-up. */
  records: ProviderRecords;
  /** Sends one message at once, as a test: `accepted`, or why not. Absent without credentials of the providers. */
  sendTest?: ((channel: Channel, message: InvitationMessage) => Promise<string>) | undefined;
  /** Asks a provider for a template that it keeps; absent without credentials. */
  lookUpTemplate?: TemplateLookUp | undefined;
  log: Logger;
  /** Absent where nothing is measured. */
  metrics?: ApiMetrics;
  /** Absent where nothing is traced. */
  tracing?: { spans: Tracing; commands: Pick<CommandTraces, 'note'> } | undefined;
}

import type { Config } from '../platform/config';
import type { Logger } from '../platform/logger';
import type { Store } from '../store/index';
import type { HealthDeps } from './health-router';
import type { ImportService } from './import-service';
import type { Places } from './views';

/** What the API is made of. Each router takes the part it needs. */
export interface AppDeps extends HealthDeps {
  store: Store;
  service: ImportService;
  config: Pick<Config, 'upload' | 'maxRows' | 'pace'>;
  places: Places;
  log: Logger;
}

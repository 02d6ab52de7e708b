import type { ImportStatus } from '../../contract/import-status';
import type { FaultRequest } from '../../sandbox/faults/schema';
import type { Product } from '../chaos/product';
import type { Upload } from '../chaos/imports';
import type { ImportAnswer } from '../support/api-caller';
import { until } from '../support/until';
import type { Names } from './shell';

/** How a section of the run book is tried. */
export interface Situation {
  /** Brings it about. Resolves with what stands for the names in the commands, such as `ID`. */
  stage: (drill: Drill) => Promise<Names>;
  /** Does what the section has a person do between its commands: each of its remarks in turn. */
  persons?: readonly ((drill: Drill, names: Names) => Promise<unknown>)[];
  /** Looks whether what the section promises has come true, beyond what its commands show. */
  after?: (drill: Drill, names: Names) => Promise<void>;
}

const COMES_MS = 90_000;

/** What the situations have in common: the product, and the world around it. */
export function createDrill(product: Product) {
  const { api, db, sandboxUrl } = product;
  const imports = () => db.collection<{ _id: string }>('imports');
  const faults = (method: string, body?: object) =>
    fetch(`${sandboxUrl}/__faults`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
  return {
    product,
    async plan(fault: FaultRequest): Promise<void> {
      const answer = await faults('POST', fault);
      if (!answer.ok) throw new Error(`The fault was rejected: ${await answer.text()}`);
    },
    lift: (): Promise<unknown> => faults('DELETE'),
    /** As all sections begin: every program is there, and nothing is wrong with the providers and the teams. */
    async recover(): Promise<void> {
      product.kill('mongod', 'SIGCONT');
      await bringBack();
      await this.lift();
      await this.setRiverside(true);
    },
    upload: (tag: string, count: number): Promise<Upload> => product.upload(tag, count),
    /** Uploads so many people, and waits until their import is there. */
    async uploadUntil(tag: string, count: number, ...statuses: ImportStatus[]): Promise<Names> {
      const { id } = await product.upload(tag, count);
      await this.statusIs(id, ...statuses);
      return { ID: id };
    },
    statusIs: (id: string, ...statuses: ImportStatus[]): Promise<ImportAnswer> =>
      until(
        `the import to be ${statuses.join(' or ')}`,
        () => api.find(id),
        ({ status }) => statuses.includes(status),
        COMES_MS,
      ),
    post: (path: string, body: object = {}) =>
      api.call('POST', path, { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    /** Makes a time of an import earlier, for what would take an hour. */
    age: (id: string, field: string, minutes: number): Promise<unknown> =>
      imports().updateOne({ _id: id }, [{ $set: { [field]: { $subtract: [`$${field}`, minutes * 60_000] } } }]),
    setStatus: (id: string, status: ImportStatus): Promise<unknown> =>
      imports().updateOne({ _id: id }, { $set: { status } }),
    /** As an administrator does, who has the staff of the team Riverside in and out of work. */
    setRiverside: (active: boolean): Promise<unknown> =>
      db.collection('people').updateMany({ kind: 'staff', teamIds: 'demo:riverside' }, { $set: { active } }),
  };
}
export type Drill = ReturnType<typeof createDrill>;

/** Programs that are away, by name, until somebody starts them. */
const away = new Map<string, () => Promise<void>>();

export function takeAway({ product }: Drill, name: string): void {
  away.set(name, product.keepAway(name, 'SIGTERM'));
}
export async function bringBack(): Promise<void> {
  const all = [...away.values()];
  away.clear();
  await Promise.all(all.map((comeBack) => comeBack()));
}

import { canCorrect } from '../../contract/import-status';
import { isCancelling } from '../../store/documents';
import type { ImportDoc, PersonDoc } from '../../store/documents';
import type { AppDeps } from '../app-deps';
import { HttpProblem, temporarilyUnavailable } from '../http/http-problem';
import { waitForEffect } from '../http/wait-for';
import { correctRow } from '../rows/correct-row';
import type { Cells } from '../rows/row-as-typed';
import { refusalOf } from './refusal';
import { invalidValue } from './scim-problem';

/** A message on its way is a matter of seconds; identity providers ask again. In milliseconds. */
const IN_FLIGHT_MS = 5_000;

/** A row about a client, by which the client can be corrected. */
export interface ClientRow {
  importDoc: ImportDoc;
  line: number;
}

/** Corrects clients as an administrator corrects a row of an import. */
export function createClientCorrections(deps: Pick<AppDeps, 'store' | 'outbox' | 'buildPlan' | 'service'>) {
  const { store } = deps;

  return {
    /** The row that has created a client, unless it can be corrected no more. */
    async rowOf({ importId, row: line }: Pick<PersonDoc, 'importId' | 'row'>): Promise<ClientRow | undefined> {
      if (importId === null || line === null) return undefined;
      const importDoc = await store.imports.find(importId);
      if (!importDoc || !canCorrect(importDoc.status) || isCancelling(importDoc)) return undefined;
      const row = await store.rows.find(importId, line);
      return row?.status === 'created' && !row.erased ? { importDoc, line } : undefined;
    },

    /**
     * Changes these cells of a client. A client who has not joined is invited anew at another address, and the link that went to the
     * former one ends. Throws a 400 that names what is wrong, or a 503 while a message to the former address is on its way.
     */
    async correct({ importDoc, line }: ClientRow, changes: Cells): Promise<void> {
      let reason = '';
      const isCorrected = async (): Promise<boolean> => {
        try {
          await correctRow(deps, importDoc, line, changes);
          return true;
        } catch (error) {
          if (!(error instanceof HttpProblem) || error.status >= 500) throw error;
          const { problems } = error.options;
          if (error.code !== 'row-in-progress') throw invalidValue(problems ? refusalOf(problems) : error.detail);
          reason = error.detail;
          return false;
        }
      };
      if (!(await waitForEffect(isCorrected, deps.service, IN_FLIGHT_MS))) throw temporarilyUnavailable(reason);
    },
  };
}

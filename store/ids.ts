import type { Channel } from '../contract/invitation';
import { pageOf } from '../contract/pages/pages';
import type { RowPlan } from '../contract/row-plan';

export const rowId = (importId: string, row: number): string => `${importId}:${row}`;
/** Filters the ids of all rows, people or invitations of an import. A semicolon follows the colon. */
export const idsOf = (importId: string) => ({ $gt: `${importId}:`, $lt: `${importId};` });
/** Of the claims of first sends: those of a whole import, or of one of its pages. */
export const firstSendsId = (importId: string, page?: number): string =>
  page === undefined ? importId : `${importId}:${page}`;
/** Filters the ids of all claims of first sends of an import. */
export const firstSendsOf = (importId: string) => ({ $gte: importId, $lt: `${importId};` });
/** The ids under which the first send of this row may be claimed. */
export const firstSendsOfRow = (importId: string, row: number): string[] => [
  firstSendsId(importId),
  firstSendsId(importId, pageOf(row)),
];
/** Exactly one row creates a person, so applying that row again creates no second one. */
export const personIdOf = rowId;
/** The person of a row: the known person, or the one that the row creates. */
export const personIdFor = ({ importId, row, plan }: { importId: string; row: number; plan: RowPlan }): string =>
  plan.personId ?? personIdOf(importId, row);
export const invitationId = (importId: string, row: number, channel: Channel, generation: number): string =>
  `${importId}:${row}:${channel}:${generation}`;

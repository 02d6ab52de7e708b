import type { Document } from 'mongodb';
import type { Channel } from '../../contract/invitation';
import type { PersonValues } from '../../domain/person';
import { OVERWRITTEN_KEPT } from '../../domain/undo/overwritten';

/** The row that changes a person. */
interface ChangedBy {
  importId: string;
  row: number;
}

export const literals = (fields: object): Document =>
  Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, { $literal: value as unknown }]));

const orEmpty = (field: string) => ({ $ifNull: [`$${field}`, []] });
const on = (channel: Channel, input: unknown, is: '$eq' | '$ne', of: string) => ({
  $filter: { input, cond: { [is]: [of, { $literal: channel }] } },
});

/** A stage that removes the opt-outs of a changed address. */
export const withoutOptOuts = (channel: Channel): Document => ({
  $set: {
    optedOut: ifThere('optedOut', on(channel, '$optedOut', '$ne', '$$this')),
    optOutEvents: ifThere('optOutEvents', on(channel, '$optOutEvents', '$ne', '$$this.channel')),
  },
});
const ifThere = (field: string, then: Document) => ({ $cond: [{ $isArray: `$${field}` }, then, '$$REMOVE'] });

/**
 * What stands there before these fields are set: a stage for in front of the one that sets them, if any. A field that the same row has replaced before is
 * not kept again, so that a repeated write does not take its own value for the former one.
 */
export function keepOverwritten({ importId, row }: ChangedBy, fields: Partial<PersonValues>): Document[] {
  if (Object.keys(fields).length === 0) return [];
  const by = { importId: { $literal: importId }, row: { $literal: row } };
  const isKept = (field: string) => ({
    $anyElementTrue: {
      $map: {
        input: orEmpty('overwritten'),
        in: {
          $and: [
            { $eq: ['$$this.importId', by.importId] },
            { $eq: ['$$this.row', by.row] },
            { $eq: ['$$this.field', { $literal: field }] },
          ],
        },
      },
    },
  });
  const replaced = Object.entries(fields).map(([field, after]) => {
    const one = {
      ...by,
      field: { $literal: field },
      before: `$${field}`,
      after: { $literal: after },
      ...(field === 'mobile' && {
        optOuts: {
          optedOut: on('sms', orEmpty('optedOut'), '$eq', '$$this'),
          optOutEvents: on('sms', orEmpty('optOutEvents'), '$eq', '$$this.channel'),
        },
      }),
    };
    return { $cond: [isKept(field), [], [one]] };
  });
  const all = { $concatArrays: [orEmpty('overwritten'), ...replaced] };
  return [{ $set: { overwritten: { $slice: [all, -OVERWRITTEN_KEPT] } } }];
}

import { z } from 'zod';
import { isLongEnough, tidyQuery } from '../../domain/finding/person-query';
import { ALL_ROLES } from '../http/authenticate';
import { pageLimit } from '../http/parse';
import { NEXT_PAGE } from '../routing/page';
import { defineRoute, json } from '../routing/route';
import { foundPeople, foundPeopleExample } from './people-search-schemas';

export const findPeople = defineRoute({
  method: 'get',
  path: '/v1/people',
  operationId: 'findPeople',
  summary: 'Find people by address, number or name, with their rows and messages',
  description:
    'An address is found by its beginning, for support as a whole only; a number as it is stored or as it is called in any country; ' +
    'names by their beginnings, in either order, whatever the case, accents and punctuation. Clients and staff of the organisation, ' +
    'and rows that were rejected or wait and so have created nobody. Rows of a preview and of a cancelled import are not looked at.',
  tag: 'People',
  access: ALL_ROLES,
  query: z.strictObject({
    q: z
      .string()
      .max(100)
      .transform(tidyQuery)
      .refine(isLongEnough, 'Must have at least 2 letters or digits of an address, a number or a name')
      .meta({ description: 'What to look for.', example: 'Ann Lee' }),
    after: z.string().min(1).max(400).optional().meta({ description: 'The `next` of the page before.' }),
    limit: pageLimit(50),
  }),
  answers: { 200: json('A page of people.', foundPeople, foundPeopleExample, NEXT_PAGE) },
});

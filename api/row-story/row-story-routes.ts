import { ALL_ROLES } from '../http/authenticate';
import { defineRoute, json } from '../routing/route';
import { rowParams } from '../rows/row-routes';
import { rowStory, rowStoryExample } from './row-story-schemas';

export const getImportRow = defineRoute({
  method: 'get',
  path: '/v1/imports/{id}/rows/{line}',
  operationId: 'getImportRow',
  summary: 'Get one row with everything that has happened to it',
  description:
    'Its cells as the file has them and as they are now, its problems and its person, and in the order of time each attempt to reach ' +
    'that person, what the providers reported, reminders, and what staff have done. Messages that are under way for the first time ' +
    'are shown once they have an outcome; the row is `pending` until then.',
  tag: 'Rows',
  access: ALL_ROLES,
  params: rowParams,
  answers: { 200: json('The row.', rowStory, rowStoryExample) },
});

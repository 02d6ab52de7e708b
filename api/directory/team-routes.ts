import { z } from 'zod';
import { ADMINISTRATORS, ALL_ROLES } from '../http/authenticate';
import { NEXT_PAGE } from '../routing/page';
import { defineRoute, json, jsonOf } from '../routing/route';
import { idParams, pageOf, PERSON_ID, TEAM_ID } from '../schemas/common';
import { idempotencyHeader } from '../uploads/accepted-schema';
import { clientTeam, newClientTeam, teamExample } from './directory-schemas';
import { joinTeamSchema, newTeamSchema, pageSchema, renameTeamSchema } from './people-schemas';

const tag = 'Client teams';
const teamParams = idParams('client team', TEAM_ID);
const answers = { 200: json('The client team.', clientTeam, teamExample) };

export const createTeam = defineRoute({
  method: 'post',
  path: '/v1/client-teams',
  operationId: 'createTeam',
  summary: 'Create a client team with its first staff',
  description:
    '`staff` exist already; `firstStaff` is new, made together with the team and invited by an import of one row.',
  tag,
  access: ADMINISTRATORS,
  headers: idempotencyHeader,
  body: jsonOf(newTeamSchema, { name: 'Harbour', staff: ['ines.almeida@staff.example.com'] }),
  answers: {
    201: json('The new client team.', newClientTeam, teamExample, {
      Location: 'Address of the team.',
      'Idempotency-Replayed': '`true` if an earlier request with the same key made it, with `firstStaff`.',
    }),
  },
  problems: [
    ...(['team-name-invalid', 'team-name-taken', 'staff-unknown', 'staff-invalid'] as const),
    ...(['idempotency-key-reused', 'invalid-idempotency-key'] as const),
    // Of its first staff member, who is imported.
    ...(['upload-quota-used-up', 'insufficient-storage'] as const),
  ],
});
export const listTeams = defineRoute({
  method: 'get',
  path: '/v1/client-teams',
  operationId: 'listTeams',
  summary: 'List client teams',
  tag,
  access: ALL_ROLES,
  query: pageSchema,
  answers: {
    200: json(
      'A page of client teams.',
      pageOf('ClientTeamPage', clientTeam, z.string()),
      { data: [teamExample], next: null },
      NEXT_PAGE,
    ),
  },
});
export const getTeam = defineRoute({
  method: 'get',
  path: '/v1/client-teams/{id}',
  operationId: 'getTeam',
  summary: 'Get one client team',
  tag,
  access: ALL_ROLES,
  params: teamParams,
  answers,
});
export const renameTeam = defineRoute({
  method: 'patch',
  path: '/v1/client-teams/{id}',
  operationId: 'renameTeam',
  summary: 'Rename a client team',
  tag,
  access: ADMINISTRATORS,
  params: teamParams,
  body: jsonOf(renameTeamSchema, { name: 'Harbour_North' }),
  answers,
  problems: ['team-name-invalid', 'team-name-taken'],
});
export const removeTeam = defineRoute({
  method: 'delete',
  path: '/v1/client-teams/{id}',
  operationId: 'removeTeam',
  summary: 'Remove a client team that is not in use',
  tag,
  access: ADMINISTRATORS,
  params: teamParams,
  answers: { 204: { description: 'It is removed.', empty: true } },
  problems: ['team-in-use'],
});
export const addStaffToTeam = defineRoute({
  method: 'post',
  path: '/v1/client-teams/{id}/staff',
  operationId: 'addStaffToTeam',
  summary: 'Add staff to a client team',
  tag,
  access: ADMINISTRATORS,
  params: teamParams,
  body: jsonOf(joinTeamSchema, { staff: ['tom.okafor@staff.example.com'] }),
  answers,
  problems: ['staff-unknown'],
});
export const removeStaffFromTeam = defineRoute({
  method: 'delete',
  path: '/v1/client-teams/{id}/staff/{staffId}',
  operationId: 'removeStaffFromTeam',
  summary: 'Remove a staff member from a client team; one must remain',
  tag,
  access: ADMINISTRATORS,
  params: teamParams.extend({
    staffId: z.string().meta({ description: 'Id of the staff member.', examples: [PERSON_ID] }),
  }),
  answers,
  problems: ['last-staff-member'],
});

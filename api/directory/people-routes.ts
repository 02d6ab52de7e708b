import { z } from 'zod';
import { ADMINISTRATORS, ALL_ROLES } from '../http/authenticate';
import { NEXT_PAGE } from '../routing/page';
import { defineRoute, json, jsonOf } from '../routing/route';
import { idParams, pageOf, PERSON_ID } from '../schemas/common';
import { acceptedAnswer, idempotencyHeader } from '../uploads/accepted-schema';
import { clientExample, clientView, staffExample, staffMember } from './directory-schemas';
import { clientByHandSchema, listPeopleSchema, staffByHandSchema } from './people-schemas';

const byHand = [
  ...(['invalid-idempotency-key', 'idempotency-key-reused', 'invited-recently'] as const),
  ...(['upload-quota-used-up', 'insufficient-storage'] as const),
];
const ann = { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', mobile: '+447911123456' };

export const listClients = defineRoute({
  method: 'get',
  path: '/v1/clients',
  operationId: 'listClients',
  summary: 'List clients',
  tag: 'Clients',
  access: ALL_ROLES,
  query: listPeopleSchema,
  answers: {
    200: json(
      'A page of clients.',
      pageOf('ClientPage', clientView, z.string()),
      { data: [clientExample], next: null },
      NEXT_PAGE,
    ),
  },
  problems: ['team-unknown'],
});
export const getClient = defineRoute({
  method: 'get',
  path: '/v1/clients/{id}',
  operationId: 'getClient',
  summary: 'Get one client',
  tag: 'Clients',
  access: ALL_ROLES,
  params: idParams('client', PERSON_ID),
  answers: { 200: json('The client.', clientView, clientExample) },
});
export const inviteClient = defineRoute({
  method: 'post',
  path: '/v1/clients',
  operationId: 'inviteClient',
  announces: true,
  summary: 'Invite one client by hand, as an import of one row',
  tag: 'Clients',
  access: ADMINISTRATORS,
  headers: idempotencyHeader,
  body: jsonOf(clientByHandSchema, { ...ann, team: 'Mayfair' }),
  answers: { 202: acceptedAnswer('by-hand.csv') },
  problems: byHand,
});

export const listStaff = defineRoute({
  method: 'get',
  path: '/v1/staff',
  operationId: 'listStaff',
  summary: 'List staff',
  tag: 'Staff',
  access: ALL_ROLES,
  query: listPeopleSchema,
  answers: {
    200: json(
      'A page of staff.',
      pageOf('StaffPage', staffMember, z.string()),
      { data: [staffExample], next: null },
      NEXT_PAGE,
    ),
  },
  problems: ['team-unknown'],
});
const oneOfStaff = { tag: 'Staff', params: idParams('staff member', PERSON_ID) } as const;
const staffAnswer = { 200: json('The staff member.', staffMember, staffExample) };
export const getStaffMember = defineRoute({
  ...oneOfStaff,
  method: 'get',
  path: '/v1/staff/{id}',
  operationId: 'getStaffMember',
  summary: 'Get one staff member',
  access: ALL_ROLES,
  answers: staffAnswer,
});
export const activateStaffMember = defineRoute({
  ...oneOfStaff,
  method: 'post',
  path: '/v1/staff/{id}/activation',
  operationId: 'activateStaffMember',
  summary: 'Activate a staff member: clients who wait for their teams are invited',
  access: ADMINISTRATORS,
  answers: staffAnswer,
});
export const deactivateStaffMember = defineRoute({
  ...oneOfStaff,
  method: 'delete',
  path: '/v1/staff/{id}/activation',
  operationId: 'deactivateStaffMember',
  summary: 'Deactivate a staff member',
  access: ADMINISTRATORS,
  answers: staffAnswer,
});
export const inviteStaffMember = defineRoute({
  method: 'post',
  path: '/v1/staff',
  operationId: 'inviteStaffMember',
  announces: true,
  summary: 'Invite one staff member by hand, as an import of one row',
  tag: 'Staff',
  access: ADMINISTRATORS,
  headers: idempotencyHeader,
  body: jsonOf(staffByHandSchema, { ...ann, role: 'Staff', teams: ['Mayfair'] }),
  answers: { 202: acceptedAnswer('by-hand.csv') },
  problems: byHand,
});

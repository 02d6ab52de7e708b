import type { Schemas } from '../../client';
import { answerOf, api } from './api';
import { LARGEST_PAGE, loadAll } from './load-all';

/** All staff of the organisation, the newest first. */
export const loadStaff = (): Promise<Schemas['StaffMember'][]> =>
  loadAll<Schemas['StaffMember'], string>((after) => {
    const query = { limit: LARGEST_PAGE, ...(after !== undefined && { after }) };
    return answerOf(api.GET('/v1/staff', { params: { query } }));
  });

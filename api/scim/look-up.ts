import type { Store } from '../../store/index';
import type { PersonDoc } from '../../store/documents';
import { emailKey } from '../../domain/person';
import type { AttributePath } from '../../domain/scim/attribute-path';
import type { ScimFilter } from '../../domain/scim/parse-filter';
import { userNameKey } from '../../domain/scim/user';

type LookUpStore = Pick<Store, 'provisioned' | 'directory'>;

/**
 * The few whom an index finds for a filter that names one person, as identity providers ask before each change: they still have to match
 * the whole filter. `undefined` for a filter that no index serves.
 */
export async function lookUp(
  store: LookUpStore,
  organisationId: string,
  filter: ScimFilter,
): Promise<PersonDoc[] | undefined> {
  if (filter.kind === 'and')
    return (await lookUp(store, organisationId, filter.left)) ?? lookUp(store, organisationId, filter.right);
  const named = filter.kind === 'some' ? valueNamedBy(filter) : namedBy(filter);
  if (!named) return undefined;
  const { name, value } = named;
  const { provisioned, directory } = store;
  switch (name) {
    case 'username':
      return provisioned.byUserName(organisationId, userNameKey(value));
    case 'externalid':
      return provisioned.byExternalId(organisationId, value);
    case 'emails':
      return provisioned.byAddress(organisationId, emailKey(value));
    case 'phonenumbers':
      return provisioned.byMobile(organisationId, value);
    case 'id':
      return [await directory.find(organisationId, 'client', value)].filter((person) => person !== null);
    default:
      return undefined;
  }
}

/** What an equality asks for: `emails eq "…"` and `emails.value eq "…"` are the same. */
function namedBy(filter: ScimFilter): { name: string; value: string } | undefined {
  if (filter.kind !== 'compare' || filter.by !== 'eq' || typeof filter.value !== 'string') return undefined;
  const { extension, attribute, sub }: AttributePath = filter.path;
  if (extension !== undefined || (sub !== undefined && sub.toLowerCase() !== 'value')) return undefined;
  return { name: attribute!.toLowerCase(), value: filter.value };
}

/** The same of one element, as in `emails[type eq "work" and value eq "…"]`. */
function valueNamedBy({ path, of }: Extract<ScimFilter, { kind: 'some' }>) {
  const value = valueIn(of);
  const name = path.attribute!.toLowerCase();
  return value === undefined || path.extension !== undefined ? undefined : { name, value };
}

function valueIn(filter: ScimFilter): string | undefined {
  if (filter.kind === 'and') return valueIn(filter.left) ?? valueIn(filter.right);
  const named = namedBy(filter);
  return named?.name === 'value' ? named.value : undefined;
}

import { claimAt, organisationIn, rightsIn, roleIn, subjectId } from '../../../api/access/token-claims';
import { loadConfig } from '../../../platform/config';

const oidc = (claim: string) =>
  loadConfig({
    ...{ OIDC_ISSUER: 'https://id.example', OIDC_AUDIENCE: 'a', OIDC_ROLE_CLAIM: claim, OIDC_RIGHTS_CLAIM: 'scope' },
    OIDC_ROLES: 'admins=systemAdministrator,editors=userAdministrator,help desk=support',
  }).oidc!;

describe('The role that claims give', () => {
  test.each([
    ['a text', 'role', { role: 'admins' }, 'systemAdministrator'],
    ['a text with a blank', 'role', { role: 'help desk' }, 'support'],
    ['a list, of which the mightiest counts', 'groups', { groups: ['help desk', 'editors', 1] }, 'userAdministrator'],
    ['a claim in a claim', 'realm_access.roles', { realm_access: { roles: ['admins'] } }, 'systemAdministrator'],
    [
      'a claim named by an address',
      'https://x.example/role',
      { 'https://x.example/role': 'admins' },
      'systemAdministrator',
    ],
    ['an unknown value', 'role', { role: 'root' }, undefined],
    ['the name of a role that is not mapped', 'role', { role: 'systemAdministrator' }, undefined],
    ['no claim', 'role', {}, undefined],
    ['an object', 'role', { role: { admins: true } }, undefined],
    ['the name of a property of every object', 'constructor.name', {}, undefined],
  ])('%s', (_name, claim, claims, role) => {
    expect(roleIn(claims, oidc(claim))).toBe(role);
  });
});

test('Rights are words of a text or entries of a list, and only known ones count', () => {
  expect(rightsIn({ scope: 'read unmask write' }, oidc('role'))).toEqual(['unmask']);
  expect(rightsIn({ scope: ['unmask'] }, oidc('role'))).toEqual(['unmask']);
  expect(rightsIn({ scope: 'unmasked' }, oidc('role'))).toEqual([]);
});

test('An organisation is a text, never a query', () => {
  expect(organisationIn({ organisation: 'demo' }, oidc('role'))).toBe('demo');
  for (const organisation of [{ $ne: null }, ['demo'], '', 1, undefined])
    expect(organisationIn({ organisation }, oidc('role'))).toBeUndefined();
});

test('A claim of the prototype is none', () => {
  expect(claimAt({}, '__proto__')).toBeUndefined();
  expect(claimAt({ a: 'text' }, 'a.length')).toBeUndefined();
});

test('The ids of one subject differ by issuer, and those of two that are written alike do, too', () => {
  expect(subjectId('https://a', 'x')).toMatch(/^oidc_[0-9a-f]{32}$/);
  expect(new Set([subjectId('a', 'x'), subjectId('b', 'x'), subjectId('a"x', '')]).size).toBe(3);
});

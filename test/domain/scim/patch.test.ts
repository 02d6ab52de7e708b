import { patched } from '../../../domain/scim/patch';
import type { PatchOperation } from '../../../domain/scim/patch';
import { wantedOf } from '../../../domain/scim/user';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const user = {
  id: '1',
  userName: 'ann@example.com',
  name: { givenName: 'Ann', familyName: 'Lee' },
  emails: [{ value: 'ann@example.com', type: 'work', primary: true }],
  phoneNumbers: [{ value: '+447911123456', type: 'mobile', primary: true }],
  active: true,
};
const after = (...operations: PatchOperation[]) => wantedOf(patched(user, operations));

describe('A PATCH of SCIM', () => {
  test.each<[string, PatchOperation, object]>([
    [
      'Entra: an operation in capitals',
      { op: 'Replace', path: 'name.givenName', value: 'Anne' },
      { firstName: 'Anne' },
    ],
    [
      'Entra: a part of an element',
      { op: 'Replace', path: 'phoneNumbers[type eq "mobile"].value', value: '1' },
      { mobile: '1' },
    ],
    [
      'Entra: paths as keys',
      { op: 'Add', value: { 'name.familyName': 'Li', [`${ENTERPRISE}:department`]: 'A' } },
      { lastName: 'Li', group: 'A' },
    ],
    ['the extension as a path', { op: 'add', path: ENTERPRISE, value: { department: 'A' } }, { group: 'A' }],
    [
      'the extension as an object',
      { op: 'add', value: { [ENTERPRISE]: { organization: 'Acme' } } },
      { company: 'Acme' },
    ],
    [
      'a path of the core schema',
      { op: 'replace', path: `${USER}:name.givenName`, value: 'Anne' },
      { firstName: 'Anne' },
    ],
    ['any case of a name', { op: 'replace', path: 'NAME.GIVENNAME', value: 'Anne' }, { firstName: 'Anne' }],
    [
      'Okta: an object without a path',
      { op: 'replace', value: { id: '1', name: { givenName: 'Anne' } } },
      { firstName: 'Anne', lastName: 'Lee' },
    ],
    [
      'a new primary number',
      { op: 'add', path: 'phoneNumbers', value: [{ value: '2', primary: true }] },
      { mobile: '2' },
    ],
    [
      'all numbers',
      { op: 'replace', path: 'phoneNumbers', value: [{ value: 'tel:+4930123456' }] },
      { mobile: '+4930123456' },
    ],
    ['an attribute that is not kept', { op: 'add', path: 'title', value: 'Director' }, {}],
    ['the removal of a part', { op: 'remove', path: 'name.familyName' }, { lastName: '' }],
    ['the removal of an element', { op: 'remove', path: 'phoneNumbers[type eq "mobile"]' }, { mobile: '' }],
    ['the removal of a value that is not there', { op: 'remove', path: 'phoneNumbers', value: [{ value: '3' }] }, {}],
  ])('%s is understood', (_name, operation, cells) => {
    expect(after(operation).cells).toEqual({ ...after({ op: 'add', path: 'title', value: '' }).cells, ...cells });
  });

  test('An element that is not there yet is made by the equalities of its path', () => {
    const without = { ...user, phoneNumbers: [] };
    const made = patched(without, [{ op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '4' }]);
    expect(made['phoneNumbers']).toEqual([{ type: 'mobile', value: '4' }]);
  });

  test.each([false, 'False', 'false'])('%p deactivates', (value) => {
    expect(after({ op: 'Replace', path: 'active', value }).isActive).toBe(false);
    expect(after({ op: 'Replace', value: { active: value } }).isActive).toBe(false);
  });

  test('Operations are made one after the other, and the resource before stays as it was', () => {
    const twice = after({ op: 'add', path: 'externalId', value: 'a' }, { op: 'remove', path: 'externalId' });
    expect(twice.externalId).toBeUndefined();
    expect(user).not.toHaveProperty('externalId');
  });

  test.each<[PatchOperation, string, string]>([
    [{ op: 'move', path: 'name' }, 'invalidSyntax', 'no operation "move"'],
    [{ op: 'remove' }, 'noTarget', 'needs a path'],
    [{ op: 'add', value: 'x' }, 'invalidValue', 'needs an object'],
    [{ op: 'add', path: 'a b', value: 'x' }, 'invalidPath', 'a b'],
    [{ op: 'add', path: '__proto__.x', value: 'x' }, 'invalidPath', '__proto__'],
    [{ op: 'add', path: 'name[a eq 1]', value: 'x' }, 'invalidPath', 'takes no filter'],
    [{ op: 'add', path: 'emails[type is 1]', value: 'x' }, 'invalidFilter', 'no operator'],
    [{ op: 'replace', path: 'emails[type eq "home"].value', value: 'x' }, 'noTarget', 'nothing that is there'],
    [{ op: 'replace', path: 'id', value: '2' }, 'mutability', '"id"'],
    [{ op: 'replace', path: 'active', value: 'perhaps' }, 'invalidValue', 'true or false'],
    [{ op: 'remove', path: 'userName' }, 'invalidValue', '"userName"'],
  ])('%p is refused as %s', (operation, scimType, reason) => {
    const failing = () => after(operation);
    expect(failing).toThrow(reason);
    expect(failing).toThrow(expect.objectContaining({ scimType }) as Error);
  });
});

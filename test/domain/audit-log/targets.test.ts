import { targetsInPath, targetsMade } from '../../../domain/audit-log/targets';

const ID = '7e68d2a3-6a37-4c2a-9a4d-0b6a4f5a2c11';

test.each([
  ['/v1/imports/{id}/pause', { id: ID }, [{ kind: 'import', id: ID }], {}],
  ['/v1/imports/{id}/rows/{line}', { id: ID, line: '17' }, [{ kind: 'import', id: ID }], { line: 17 }],
  ['/v1/batches/{id}/cancel', { id: ID }, [{ kind: 'batch', id: ID }], {}],
  ['/v1/deliveries/{id}', { id: ID }, [{ kind: 'delivery', id: ID }], {}],
  ['/v1/keys/{id}', { id: ID }, [{ kind: 'key', id: ID }], {}],
  [
    '/v1/client-teams/{id}/staff/{staffId}',
    { id: ID, staffId: `${ID}:17` },
    [
      { kind: 'client-team', id: ID },
      { kind: 'staff', id: `${ID}:17` },
    ],
    {},
  ],
  ['/v1/imports', {}, [], {}],
])('In %s a target is what it names', (path, parameters, targets, facts) => {
  expect(targetsInPath(path, parameters, false)).toEqual({ targets, facts });
});

test.each(['ann@example.com', '+447911123456', '../x'])('%j is no target before something was found by it', (id) => {
  expect(targetsInPath('/v1/clients/{id}', { id }, false).targets).toEqual([]);
  expect(targetsInPath('/v1/clients/{id}', { id }, true).targets).toEqual([{ kind: 'client', id }]);
});

test.each([
  ['/v1/imports', { batch: 'b', imports: [{ id: '1' }, { id: '2' }] }, ['batch b', 'import 1', 'import 2']],
  ['/v1/clients', { batch: 'b', imports: [{ id: '1' }] }, ['batch b', 'import 1']],
  ['/v1/client-teams', { id: 't', name: 'Mayfair' }, ['client-team t']],
  ['/v1/imports/{id}/pause', { id: '1' }, []],
  ['/v1/organisation', undefined, []],
])('Of the answer of %s the targets are what was made', (path, answer, targets) => {
  expect(targetsMade(path, answer).map(({ kind, id }) => `${kind} ${id}`)).toEqual(targets);
});

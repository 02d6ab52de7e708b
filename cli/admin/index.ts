export { createOrganisation, listOrganisations, setFileLimit } from './organisations';
export type { FileLimitOptions, NewOrganisationOptions, OrganisationListOptions } from './organisations';
export { createKey, listKeys, revokeKey, rotateKey } from './keys';
export type { KeyListOptions, KeyOptions, OrganisationOption, RotationOptions } from './keys';
export { migrateDatabase } from './migrate';
export { holdAfterRestore } from './after-restore';
export { verifyAuditLogs } from './verify-audit-logs';
export type { VerifyAuditOptions } from './verify-audit-logs';

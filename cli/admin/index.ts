export { createOrganisation, listOrganisations } from './organisations';
export type { NewOrganisationOptions } from './organisations';
export { createKey, listKeys, revokeKey, rotateKey } from './keys';
export type { KeyOptions, OrganisationOption, RotationOptions } from './keys';

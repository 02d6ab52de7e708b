export { importFile } from './import-file';
export { remindInvitations } from './remind';

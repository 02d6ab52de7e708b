export { deliverWebhook } from './deliver-webhook';
export { importFile } from './import-file';
export { remindInvitations } from './remind';

export { deliverWebhook } from './deliver-webhook';
export { importFile } from './import-file';
export { sendNotice } from './send-notice';
export { remindInvitations } from './remind';

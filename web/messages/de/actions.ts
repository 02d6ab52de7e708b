import type { Messages } from '../en';

export const actions: Messages['actions'] = {
  uploadFiles: 'Hochgeladen',
  applyPlan: 'Gesendet',
  chooseForImport: 'Eine Frage beantwortet',
  pauseImport: 'Angehalten',
  resumeImport: 'Fortgesetzt',
  cancelImport: 'Abgebrochen',
  retryImportInvitations: 'Wiederholt',
  remindOfImport: 'Erinnert',
  correctImportRow: 'Eine Zeile berichtigt',
  ignoreRow: 'Eine Zeile beiseitegelegt',
  ignoreRows: 'Zeilen beiseitegelegt',
  takeRowBack: 'Eine Zeile zurückgeholt',
  pauseBatch: 'Angehalten',
  resumeBatch: 'Fortgesetzt',
  cancelBatch: 'Abgebrochen',
  retryBatchInvitations: 'Wiederholt',
  downloadFailedRows: 'Fehlgeschlagene Zeilen heruntergeladen',
  downloadReport: 'Bericht heruntergeladen',
  inviteClient: 'Eingeladen',
  inviteStaffMember: 'Eingeladen',
};

import { importWorkflowId } from '../../contract/import';

/** The beginnings of all links to an import. */
export interface LinkBase {
  publicUrl: string;
  temporalUiUrl: string;
  namespace: string;
}

export function linksOf(importId: string, { publicUrl, temporalUiUrl, namespace }: LinkBase) {
  const self = `${publicUrl}/v1/imports/${importId}`;
  const workflow = `${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(importWorkflowId(importId))}`;
  return {
    self,
    rows: `${self}/rows`,
    apply: `${self}/apply`,
    choices: `${self}/choices`,
    pause: `${self}/pause`,
    resume: `${self}/resume`,
    cancel: `${self}/cancel`,
    failedRows: `${self}/failed-rows.csv`,
    report: `${self}/report.csv`,
    events: `${self}/events`,
    retries: `${self}/retries`,
    reminders: `${self}/reminders`,
    temporalUi: `${temporalUiUrl}/namespaces/${workflow}`,
  };
}

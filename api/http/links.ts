import { z } from 'zod';
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
    undo: `${self}/undo`,
    failedRows: `${self}/failed-rows.csv`,
    report: `${self}/report.csv`,
    events: `${self}/events`,
    retries: `${self}/retries`,
    reminders: `${self}/reminders`,
    temporalUi: `${temporalUiUrl}/namespaces/${workflow}`,
  };
}

export const linksSchema = z
  .object({
    self: z.url(),
    rows: z.url(),
    apply: z.url(),
    choices: z.url(),
    pause: z.url(),
    resume: z.url(),
    cancel: z.url(),
    undo: z.url(),
    failedRows: z.url(),
    report: z.url(),
    events: z.url(),
    retries: z.url(),
    reminders: z.url(),
    temporalUi: z.url(),
  })
  .meta({ id: 'ImportLinks', description: 'Addresses of everything about one import.' });

const EXAMPLE_BASE: LinkBase = {
  publicUrl: 'https://import.example.com',
  temporalUiUrl: 'https://temporal.example.com',
  namespace: 'default',
};
export const linksExample = (importId: string): z.input<typeof linksSchema> => linksOf(importId, EXAMPLE_BASE);

export function batchLinksOf(batchId: string, { publicUrl }: LinkBase) {
  const self = `${publicUrl}/v1/batches/${batchId}`;
  return {
    self,
    pause: `${self}/pause`,
    resume: `${self}/resume`,
    cancel: `${self}/cancel`,
    retries: `${self}/retries`,
    failedRows: `${self}/failed-rows.zip`,
    report: `${self}/report.csv`,
    workbook: `${self}/report.xlsx`,
  };
}

export const batchLinksSchema = z
  .object({
    self: z.url(),
    pause: z.url(),
    resume: z.url(),
    cancel: z.url(),
    retries: z.url(),
    failedRows: z.url(),
    report: z.url(),
    workbook: z.url().meta({ description: 'The report as an Excel file.' }),
  })
  .meta({ id: 'BatchLinks', description: 'Addresses of everything about the files of one upload.' });

export const batchLinksExample = (batchId: string): z.input<typeof batchLinksSchema> =>
  batchLinksOf(batchId, EXAMPLE_BASE);

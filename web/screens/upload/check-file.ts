import type { Schemas } from '../../../client';
import { fill, formatBytes } from '../../messages/format';
import { t } from '../../messages';

export const ACCEPTED = '.csv,.tsv,.txt,.xlsx';
const KNOWN = /\.(csv|tsv|txt|xlsx)$/i;
const OLD_WORKBOOK = /\.xls$/i;

/** Why a file cannot be taken, before it is sent; `undefined` if nothing speaks against it. What is in it the API checks. */
export function faultOf(file: File, limits: Schemas['Organisation']['limits']): string | undefined {
  const { wrong } = t.upload;
  if (OLD_WORKBOOK.test(file.name)) return wrong.old;
  if (!KNOWN.test(file.name)) return wrong.type;
  if (file.size === 0) return wrong.empty;
  if (file.size > limits.bytesPerFile) return fill(wrong.large, { bytes: formatBytes(limits.bytesPerFile) });
  return undefined;
}

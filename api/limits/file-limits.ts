import type { Config } from '../../platform/config';
import type { OrganisationDoc } from '../../store/documents';
import type { Store } from '../../store/index';

export interface FileLimits {
  rows: number;
  bytes: number;
}

type Limits = Pick<Config, 'maxRows' | 'upload'>;

/**
 * What a file of an organisation may have. With more rows than the installation allows it may have as many more bytes, up to the largest
 * file that the installation takes; with fewer, no fewer bytes.
 */
export function fileLimitsOf(
  organisation: Pick<OrganisationDoc, 'maxRowsPerFile'> | null,
  { maxRows, upload: { maxBytes, largestBytes } }: Limits,
): FileLimits {
  const rows = organisation?.maxRowsPerFile ?? maxRows;
  const inProportion = Math.ceil((maxBytes * rows) / maxRows);
  return { rows, bytes: Math.max(maxBytes, Math.min(inProportion, largestBytes)) };
}

export const findFileLimits = async (
  { organisations }: Pick<Store, 'organisations'>,
  organisationId: string,
  config: Limits,
): Promise<FileLimits> => fileLimitsOf(await organisations.find(organisationId), config);

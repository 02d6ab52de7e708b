import type { ImportKind } from '../../contract/import';
import { describeTemplate, writeTemplateCsv } from '../../domain/exports/template';
import type { TemplateSettings } from '../../domain/exports/template';
import { writeTemplateWorkbook } from '../../domain/exports/template-workbook';
import type { AppDeps } from '../app-deps';
import { sendFile } from '../http/answers';
import { callerOf } from '../http/authenticate';
import { reply, route, WRITTEN } from '../routing/route';
import type { Route } from '../routing/route';
import { fileLimitsOf } from '../limits/file-limits';
import { getTemplate } from './upload-routes';

/** Rows of a workbook whose cells are made texts: each takes some bytes of the file. */
const MOST_PREPARED_ROWS = 5_000;
const CSV = 'text/csv; charset=utf-8';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Serves the templates to every role. */
export function createTemplatesRoutes({ store, config }: Pick<AppDeps, 'store' | 'config'>): Route[] {
  async function settingsFor(organisationId: string): Promise<TemplateSettings> {
    const organisation = await store.organisations.find(organisationId);
    return {
      maxRows: fileLimitsOf(organisation, config).rows,
      defaultCountry: organisation?.defaultCountry ?? null,
      hasDefaultTeam: (organisation?.defaultTeamId ?? null) !== null,
      headerAliases: organisation?.headerAliases ?? {},
    };
  }

  return [
    route(getTemplate, async ({ params: { name } }, request, response) => {
      const [kind, format] = name.split('.') as [ImportKind, string | undefined];
      switch (format) {
        case 'csv':
          sendFile(response, { name: `${kind}-template.csv`, type: CSV }, writeTemplateCsv(kind));
          return WRITTEN;
        case 'xlsx': {
          const workbook = await writeTemplateWorkbook(kind, Math.min(config.maxRows, MOST_PREPARED_ROWS));
          sendFile(response, { name: `${kind}-template.xlsx`, type: XLSX }, workbook);
          return WRITTEN;
        }
        default:
          return reply(200, describeTemplate(kind, await settingsFor(callerOf(request).organisationId)));
      }
    }),
  ];
}

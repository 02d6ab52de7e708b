import { Router } from 'express';
import { IMPORT_KINDS } from '../../contract/import';
import type { ImportKind } from '../../contract/import';
import { describeTemplate, writeTemplateCsv } from '../../domain/exports/template';
import type { TemplateSettings } from '../../domain/exports/template';
import { writeTemplateWorkbook } from '../../domain/exports/template-workbook';
import type { AppDeps } from '../app-deps';
import { sendFile } from '../http/answers';
import { callerOf } from '../http/authenticate';
import { HttpProblem } from '../http/http-problem';

const CSV = 'text/csv; charset=utf-8';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const NAME = /^(\w+)(?:\.(\w+))?$/;

/** Serves the templates to every role. */
export function createTemplatesRouter({ store, config }: Pick<AppDeps, 'store' | 'config'>): Router {
  const router = Router();

  router.get('/:name', async (request, response) => {
    const [, kind, format = 'json'] = NAME.exec(request.params.name) ?? [];
    if (!isKind(kind)) throw unknownTemplate(request.params.name);
    switch (format) {
      case 'csv':
        sendFile(response, { name: `${kind}-template.csv`, type: CSV }, writeTemplateCsv(kind));
        return;
      case 'xlsx':
        sendFile(
          response,
          { name: `${kind}-template.xlsx`, type: XLSX },
          await writeTemplateWorkbook(kind, config.maxRows),
        );
        return;
      case 'json':
        response.json(describeTemplate(kind, await settingsFor(callerOf(request).organisationId)));
        return;
      default:
        throw unknownTemplate(request.params.name);
    }
  });

  async function settingsFor(organisationId: string): Promise<TemplateSettings> {
    const organisation = await store.organisations.find(organisationId);
    return {
      maxRows: config.maxRows,
      defaultCountry: organisation?.defaultCountry ?? null,
      hasDefaultTeam: (organisation?.defaultTeamId ?? null) !== null,
      headerAliases: organisation?.headerAliases ?? {},
    };
  }

  return router;
}

const isKind = (kind: string | undefined): kind is ImportKind =>
  kind !== undefined && (IMPORT_KINDS as readonly string[]).includes(kind);

function unknownTemplate(name: string): HttpProblem {
  const names = IMPORT_KINDS.flatMap((kind) => [`${kind}.csv`, `${kind}.xlsx`, `${kind}.json`]);
  return new HttpProblem(404, 'not-found', `There is no template "${name}". Templates: ${names.join(', ')}.`);
}

import type { Choices } from '../../contract/question';
import type { RowEdit } from '../../domain/checking/row-edits';
import { describeProblem } from '../problem-types/problem-language';
import { isHeld } from '../../domain/long-list';
import { isCancelling } from '../../store/documents';
import type { ImportDoc } from '../../store/documents';
import type { BuiltPlan } from '../../store/plans/plans';
import type { AppDeps } from '../app-deps';
import { aliasesOf } from './keep-mapping';
import { conflict, temporarilyUnavailable } from '../http/http-problem';

/** Each attempt reads the whole file. */
const MOST_ATTEMPTS = 5;

/**
 * Plans the file of a waiting import anew with the choices of an administrator, and stores both together. Where the new plan
 * would be of no use, nothing is stored, so that another choice is still possible. `keepMapping` makes the headings of the mapping
 * aliases of the organisation. Throws a 409.
 */
export async function choose(
  { store, buildPlan, outbox }: Pick<AppDeps, 'store' | 'buildPlan' | 'outbox'>,
  found: ImportDoc,
  choices: Choices,
  { keepMapping = false } = {},
): Promise<ImportDoc> {
  let importDoc = found;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    requireWaiting(importDoc);
    const isOtherSheet = choices.sheet !== undefined && choices.sheet !== importDoc.options.sheet;
    // What was said of the lines of one sheet does not hold for another.
    const edits = isOtherSheet ? new Map<number, RowEdit>() : undefined;
    const chosen = { ...importDoc, options: { ...importDoc.options, ...choices } };
    const plan = await buildPlan(chosen, edits);
    if (!plan.isLong && isUseless(plan, choices)) throw useless(plan.ofFile);
    const kept = keepMapping ? await aliasesOf({ store }, chosen, plan) : {};
    const isStored =
      !plan.isLong && isHeld(plan.rows)
        ? await store.plans.choose(importDoc, choices, { ...plan, rows: plan.rows })
        : await store.plans.planAgain(importDoc, { choices, dropsEdits: isOtherSheet });
    // Where something has changed meanwhile, the choices are made on top of it.
    importDoc = (await store.imports.find(importDoc._id)) ?? importDoc;
    if (!isStored) continue;
    // The choice holds without it, and the request can be repeated.
    await store.organisations.addHeaderAliases(importDoc.organisationId, kept);
    outbox.poke();
    return importDoc;
  }
  throw temporarilyUnavailable('Others are changing this import at the same time. Nothing was chosen; try again.');
}

/** The file as a whole would be rejected, or the choice itself fits nothing in it. */
const isUseless = ({ ofFile: { planHash, fileProblems, questions } }: BuiltPlan, choices: Choices): boolean =>
  (planHash === undefined && questions.length === 0) ||
  fileProblems.some(
    ({ code }) =>
      (code === 'file.mapping-unusable' && choices.mapping) || (code === 'file.sheet-not-found' && choices.sheet),
  );

const ERASED_SINCE =
  'A person was erased since this file was uploaded, and with other choices it might name them. Upload the file again to choose otherwise.';

function requireWaiting({ status, pausedBy, erasures, questions = [] }: ImportDoc): void {
  if (status === 'awaiting-approval' && !isCancelling({ pausedBy })) {
    // Nobody knows any more whom to leave out. What a file still asked when they were erased is answered with them in mind.
    if (erasures && questions.length === 0) throw conflict('choice-rejected', ERASED_SINCE);
    return;
  }
  const why =
    status === 'queued' || status === 'planning'
      ? 'Wait until it is planned.'
      : 'Choices are made before a plan is applied. Upload the file again to choose otherwise.';
  throw conflict(
    'nothing-to-choose',
    `Nothing can be chosen: this import is ${isCancelling({ pausedBy }) ? 'being cancelled' : status}. ${why}`,
  );
}

function useless({ fileProblems }: BuiltPlan['ofFile']) {
  const problems = fileProblems.map((problem) => describeProblem(problem, null));
  const errors = problems.filter(({ severity }) => severity === 'error');
  const reasons = (errors.length > 0 ? errors : problems).map(({ message }) => message);
  return conflict(
    'choice-rejected',
    `With this choice the file as a whole could not be read, so nothing was changed: ${reasons.join(' ')}`,
    { problems },
  );
}

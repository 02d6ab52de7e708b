import type { Choices } from '../../contract/question';
import type { PlanTimes } from '../http/views';
import { CliError } from '../http/cli-error';
import { shortId } from '../http/find-id';
import { followAndShow, showImport } from './show-import';
import type { ShowOptions } from './show-import';
import type { Session } from './session';

export interface ApplyOptions extends ShowOptions {
  /** Applies the current plan, reviewed or not. */
  yes?: boolean;
  /** Made before; without `yes` the new plan is only shown. */
  choices?: Choices;
  /** Keeps the headings of the mapping among them for the organisation. */
  keepMapping?: boolean;
  /** In place of what was chosen before. */
  when?: PlanTimes;
}

/** Applies the plan of a preview and follows the import, or makes choices and shows the plan that follows. Resolves to the exit code. */
export async function applyPlan(
  session: Session,
  id: string,
  givenHash: string | undefined,
  { yes = false, choices = {}, keepMapping = false, when = {}, ...show }: ApplyOptions,
): Promise<0 | 2> {
  const { api, commandLine, err } = session;
  if (Object.keys(choices).length > 0) {
    if (givenHash !== undefined) {
      throw new CliError(
        'A choice makes a new plan, so the hash of another one cannot be given with it. Leave the hash out to see the new plan.',
      );
    }
    if (!yes && Object.keys(when).length > 0) {
      throw new CliError(
        'A choice makes a new plan, which is only shown, so no time can be chosen with it. Choose the time as you apply that plan, or add --yes.',
      );
    }
    const chosen = await api.choose(id, { ...choices, ...(keepMapping && { keepMapping }) });
    if (!yes) return showImport(session, chosen, show);
  }
  if (givenHash === undefined && !yes) {
    throw new CliError(
      'The hash of the plan is missing. Give it, so that exactly the plan that you have seen is applied.\n' +
        `To see the plan and its hash: ${commandLine(`status ${shortId(id)}`)}\n` +
        `To apply the current plan without seeing it: ${commandLine(`apply ${shortId(id)} --yes`)}`,
    );
  }
  const importDoc = await api.findImport(id);
  const { status, plan } = importDoc;
  const hash = plan?.hash;
  if (hash === undefined) {
    const isEarly = status === 'queued' || status === 'planning';
    throw new CliError(
      `There is no plan to apply: this import is ${status}.${isEarly ? ' Wait until it is planned.' : ''}`,
    );
  }
  if (givenHash !== undefined && !isOf(givenHash, hash)) throw outdated(session, id);
  const isRepeated = plan !== null && plan.appliedAt !== null && plan.hash === hash;
  try {
    await api.applyPlan(id, hash, when);
  } catch (error) {
    const code = error instanceof CliError ? error.answer?.code : undefined;
    if (!(error instanceof CliError) || (code !== 'plan-outdated' && code !== 'choices-missing')) throw error;
    if (code === 'plan-outdated') throw outdated(session, id);
    throw new CliError(
      `${error.message}\nTo see what is asked, and how to choose: ${commandLine(`status ${shortId(id)}`)}`,
    );
  }
  if (isRepeated) err.write('This plan was applied already, so nothing is done again. The import now:\n');
  return followAndShow(session, [importDoc], show);
}

const outdated = ({ commandLine }: Session, id: string): CliError =>
  new CliError(
    'This hash does not match the current plan, which has been made anew since. Nothing was applied.\n' +
      `To see the new plan: ${commandLine(`status ${shortId(id)}`)}`,
  );

/** Few plans of an import are ever made, but a shorter beginning could be that of one which nobody has seen. */
export const SHORTEST_HASH = 8;

/** Whether what was typed is the hash of the plan or its beginning. Throws a `CliError` where it is too short to tell. */
function isOf(typed: string, hash: string): boolean {
  if (!/^[0-9a-f]+$/i.test(typed) || typed.length < SHORTEST_HASH)
    throw new CliError(`"${typed}" is no hash of a plan. Give its first ${SHORTEST_HASH} digits or more.`);
  return hash.startsWith(typed.toLowerCase());
}

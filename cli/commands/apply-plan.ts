import { CliError } from '../http/cli-error';
import { followAndShow } from './show-import';
import type { ShowOptions } from './show-import';
import type { Session } from './session';

export interface ApplyOptions extends ShowOptions {
  /** Applies the current plan, reviewed or not. */
  yes?: boolean;
}

/** Applies the plan of a preview and follows the import. Resolves to the exit code. */
export async function applyPlan(
  session: Session,
  id: string,
  givenHash: string | undefined,
  { yes = false, ...show }: ApplyOptions,
): Promise<0 | 2> {
  const { api, commandLine, err } = session;
  if (givenHash === undefined && !yes) {
    throw new CliError(
      'The hash of the plan is missing. Give it, so that exactly the plan that you have seen is applied.\n' +
        `To see the plan and its hash: ${commandLine(`status ${id}`)}\n` +
        `To apply the current plan without seeing it: ${commandLine(`apply ${id} --yes`)}`,
    );
  }
  const importDoc = await api.findImport(id);
  const { status, plan } = importDoc;
  const hash = givenHash ?? plan?.hash;
  if (hash === undefined) {
    const isEarly = status === 'queued' || status === 'planning';
    throw new CliError(
      `There is no plan to apply: this import is ${status}.${isEarly ? ' Wait until it is planned.' : ''}`,
    );
  }
  const isRepeated = plan !== null && plan.appliedAt !== null && plan.hash === hash;
  try {
    await api.applyPlan(id, hash);
  } catch (error) {
    if (!(error instanceof CliError) || error.answer?.code !== 'plan-outdated') throw error;
    throw new CliError(`${error.message}\nTo see the new plan: ${commandLine(`status ${id}`)}`);
  }
  if (isRepeated) err.write('This plan was applied already, so nothing is done again. The import now:\n');
  return followAndShow(session, [importDoc], show);
}

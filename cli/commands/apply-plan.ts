import { CliError } from '../http/cli-error';
import { followImports } from './follow-imports';
import type { Session } from './session';
import { showImport } from './show-import';
import type { ShowOptions } from './show-import';

export interface ApplyOptions extends ShowOptions {
  /** Applies the plan as it stands, whether somebody has looked at it or not. */
  yes?: boolean;
}

/** Has the plan of a preview carried out, and follows it as an import is followed. */
export async function applyPlan(
  session: Session,
  id: string,
  givenHash: string | undefined,
  { yes = false, ...show }: ApplyOptions,
): Promise<0 | 2> {
  const { api, commandLine, err } = session;
  if (givenHash === undefined && !yes) {
    throw new CliError(
      'Which plan? Name its hash, so that exactly what you have looked at is carried out.\n' +
        `The plan and its hash are shown by: ${commandLine(`status ${id}`)}\n` +
        `To carry out the plan as it stands now without having looked at it: ${commandLine(`apply ${id} --yes`)}`,
    );
  }
  const { fileName, status, plan } = await api.find(id);
  const hash = givenHash ?? plan?.hash;
  if (hash === undefined) {
    throw new CliError(
      `There is no plan to apply: this import is ${status}${status === 'queued' || status === 'planning' ? '; wait until it is planned' : ''}.`,
    );
  }
  const isAgain = plan !== null && plan.appliedAt !== null && plan.hash === hash;
  try {
    await api.apply(id, hash);
  } catch (error) {
    if (!(error instanceof CliError) || error.answer?.code !== 'plan-outdated') throw error;
    throw new CliError(`${error.message}\nThe plan as it stands is shown by: ${commandLine(`status ${id}`)}`);
  }
  if (isAgain) err.write('This plan was applied already, so nothing is done anew. This is how it stands.\n');
  const [view] = await followImports(session, [{ id, fileName }]);
  return showImport(session, view!, show);
}

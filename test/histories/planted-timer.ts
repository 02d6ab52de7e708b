import { sleep } from '@temporalio/workflow';
import { importFile as story } from '../../workflows/import-file';

/** The story as a careless change would make it: one timer that no stored history has. */
export async function importFile(...input: Parameters<typeof story>): ReturnType<typeof story> {
  await sleep(1);
  return story(...input);
}

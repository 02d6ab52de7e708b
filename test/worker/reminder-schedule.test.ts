import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { reminderScheduleId } from '../../contract/sending/reminders';
import { ensureReminderSchedule, installationOf } from '../../worker/reminder-schedule';
import { sharedServers, uniqueName } from '../support/environment';
import { until } from '../support/until';

describe('The schedule of reminders', () => {
  let connection: NativeConnection;
  let client: Client;
  beforeAll(async () => {
    connection = await NativeConnection.connect({ address: sharedServers().temporalAddress });
    client = new Client({ connection });
  });
  afterAll(() => connection.close());

  const log = { warn: () => undefined };
  const scheduleOf = (taskQueue: string) => client.schedule.getHandle(reminderScheduleId(taskQueue));
  const isListed = async (taskQueue: string): Promise<boolean> => {
    for await (const { scheduleId } of client.schedule.list())
      if (scheduleId === reminderScheduleId(taskQueue)) return true;
    return false;
  };

  test('When the task queue of an installation changes, then its schedule moves along, paused if staff have paused it, and that of another stays', async () => {
    const [before, after, foreign] = ['before-', 'after-', 'foreign-'].map(uniqueName) as [string, string, string];
    const ours = uniqueName('ours-');
    await ensureReminderSchedule(client, before, ours, log);
    await ensureReminderSchedule(client, foreign, uniqueName('theirs-'), log);
    try {
      await scheduleOf(before).pause('for the test');
      await until(
        'the list to show both',
        async () => (await isListed(before)) && (await isListed(foreign)),
        (areListed) => areListed,
      );
      await ensureReminderSchedule(client, after, ours, log);
      await expect(scheduleOf(before).describe()).rejects.toThrow();
      expect((await scheduleOf(after).describe()).state.paused).toBe(true);
      expect((await scheduleOf(foreign).describe()).state.paused).toBe(false);
    } finally {
      await Promise.all([after, foreign].map((taskQueue) => scheduleOf(taskQueue).delete()));
    }
  });

  test('An installation is known by where its data are, and not by its password', () => {
    const of = (uri: string, database = 'clients') => installationOf({ uri, database });
    expect(of('mongodb://ann:one@db:27017')).toBe(of('mongodb://ann:two@db:27017'));
    expect(of('mongodb://db:27017')).not.toBe(of('mongodb://other:27017'));
    expect(of('mongodb://db:27017')).not.toBe(of('mongodb://db:27017', 'others'));
  });
});

import { Pill } from '../../components/pill';
import { t } from '../../messages';
import { fill } from '../../messages/format';
import { MESSAGE_TONES } from './model';
import type { Person } from './model';

/** How far the invitation of a person is: accepted, or what has become of the message on each channel. */
export function Standing({ person: { active, messages } }: { person: Person }) {
  const hasAccepted = messages.some(({ state }) => state === 'accepted');
  if (active) return <Pill tone="good">{hasAccepted ? t.people.standing.accepted : t.people.standing.active}</Pill>;
  if (messages.length === 0) return <span class="quiet">{t.people.noMessage}</span>;
  return (
    <span class="pills">
      {messages.map(({ channel, state }) => (
        <Pill key={channel} tone={MESSAGE_TONES[state]}>
          {fill(t.people.person.message, { channel: t.imports.channel[channel], state: t.imports.state[state] })}
        </Pill>
      ))}
    </span>
  );
}

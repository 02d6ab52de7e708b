import { useState } from 'preact/hooks';
import { answerOf, api } from '../../api/api';
import { useCommand } from '../../shell/use-command';
import { Confirm } from '../../components/confirm';
import { Dialog } from '../../components/dialog';
import { Failure } from '../../components/states';
import { tell } from '../../components/toast';
import { t } from '../../messages';
import { fill, formatList, formatMoment } from '../../messages/format';
import { hrefOf } from '../../routing/route';
import { useSession } from '../../shell/session';
import type { Person } from './model';
import { Standing } from './standing';

interface PersonDrawerProps {
  person: Person;
  onClose: () => void;
  /** They are another person now, or gone. */
  onChanged: () => void;
}

/** One person: addresses, invitations, and what can be done. */
export function PersonDrawer({ person, onClose, onChanged }: PersonDrawerProps) {
  const { mayImport } = useSession();
  const { run, isBusy, error } = useCommand();
  const [isErasing, setIsErasing] = useState(false);
  const { id, kind, name, active } = person;
  const texts = t.people.person;
  const path = { params: { path: { id } } };
  const setActive = (isActive: boolean): void => {
    run(
      () =>
        answerOf<unknown>(
          isActive ? api.POST('/v1/staff/{id}/activation', path) : api.DELETE('/v1/staff/{id}/activation', path),
        ),
      () => {
        tell(fill(isActive ? texts.activated : texts.deactivated, { name }));
        onChanged();
      },
    );
  };
  const erase = async (): Promise<void> => {
    const { status } = await answerOf(
      kind === 'client'
        ? api.DELETE('/v1/clients/{id}/personal-data', path)
        : api.DELETE('/v1/staff/{id}/personal-data', path),
    );
    tell(status === 'erased' ? fill(t.people.erase.erased, { name }) : t.people.erase.erasing);
    onChanged();
  };
  if (isErasing)
    return (
      <Confirm
        title={fill(t.people.erase.title, { name })}
        action={t.people.erase.confirm}
        isDangerous
        onConfirm={erase}
        onClose={() => setIsErasing(false)}
      >
        <p>{t.people.erase.text}</p>
        <p>
          <strong>{t.people.erase.forever}</strong>
        </p>
      </Confirm>
    );
  return (
    <Dialog title={name} onClose={onClose} isDrawer>
      <p>
        <Standing person={person} />
      </p>
      <Facts person={person} />
      <h3>{texts.messages}</h3>
      {person.messages.length === 0 && <p class="quiet">{t.people.noMessage}</p>}
      <ul class="sub-list">
        {person.messages.map(({ channel, state, since, import: importId, line }) => (
          <li key={channel}>
            {fill(texts.message, { channel: t.imports.channel[channel], state: t.imports.state[state] })}{' '}
            <span class="quiet small">{formatMoment(since)}</span>{' '}
            <a class="small" href={hrefOf(['imports', importId], { line: String(line) })}>
              {fill(texts.row, { line })}
            </a>
          </li>
        ))}
      </ul>
      {error !== undefined && <Failure error={error} />}
      {mayImport && (
        <p class="actions drawer-actions">
          {kind === 'staff' && (
            <button type="button" disabled={isBusy} onClick={() => setActive(!active)}>
              {active ? texts.deactivate : texts.activate}
            </button>
          )}
          <button type="button" class="danger" onClick={() => setIsErasing(true)}>
            {t.people.erase.action}
          </button>
        </p>
      )}
    </Dialog>
  );
}

function Facts({ person }: { person: Person }) {
  const texts = t.people.person;
  const facts: (readonly [string, string | null])[] = [
    [texts.email, person.email],
    [texts.mobile, person.mobile],
    [texts.company, person.company],
    [texts.role, person.role && t.people.roles[person.role]],
    [texts.teams, person.teams.length === 0 ? null : formatList(person.teams.map(({ name }) => name))],
    [texts.created, formatMoment(person.createdAt)],
    [texts.activeSince, person.activeSince && formatMoment(person.activeSince)],
  ];
  return (
    <dl class="facts">
      {facts.map(
        ([label, value]) =>
          value !== null && (
            <>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </>
          ),
      )}
    </dl>
  );
}

import { useRef, useState } from 'preact/hooks';
import type { Schemas } from '../../../client';
import { answerOf, api } from '../../api/api';
import { fieldErrorsOf } from '../../api/field-errors';
import { Confirm } from '../../components/confirm';
import { Dialog, FormDialog } from '../../components/dialog';
import { FormField } from '../../components/form-field';
import { tell } from '../../components/toast';
import { t } from '../../messages';
import { fill } from '../../messages/format';

export type Key = Schemas['Key'];
export type KeyWithSecret = Schemas['KeyWithSecret'];

const ROLES = ['support', 'userAdministrator', 'systemAdministrator'] as const;
const USUAL_OVERLAP_HOURS = 24;
const LONGEST_OVERLAP_HOURS = 720;

interface CreateKeyProps {
  onClose: () => void;
  onCreated: (key: KeyWithSecret) => void;
}

/** The smallest role is chosen beforehand. */
export function CreateKey({ onClose, onCreated }: CreateKeyProps) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Schemas['Role']>('support');
  const [mayUnmask, setMayUnmask] = useState(false);
  const [day, setDay] = useState('');
  const [error, setError] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  const texts = t.settings.key;
  const errors = fieldErrorsOf(error);
  const create = (): void => {
    setIsBusy(true);
    setError(undefined);
    const body: { name: string; role: Schemas['Role']; rights: 'unmask'[]; expiresAt?: string } = {
      ...{ name, role, rights: role === 'support' && mayUnmask ? ['unmask'] : [] },
      ...(day !== '' && { expiresAt: new Date(`${day}T23:59:59`).toISOString() }),
    };
    answerOf(api.POST('/v1/keys', { body })).then(onCreated, (reason: unknown) => {
      setError(reason);
      setIsBusy(false);
    });
  };
  return (
    <FormDialog
      title={texts.create}
      action={texts.create}
      isBusy={isBusy}
      error={error}
      onSubmit={create}
      onClose={onClose}
    >
      <FormField id="key-name" label={texts.name} hint={texts.nameHint} error={errors['name']}>
        <input
          type="text"
          required
          maxLength={100}
          value={name}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
      </FormField>
      <FormField id="key-role" label={texts.role} error={errors['role']}>
        <select value={role} onChange={({ currentTarget }) => setRole(currentTarget.value as Schemas['Role'])}>
          {ROLES.map((one) => (
            <option key={one} value={one}>
              {t.common.roles[one]}
            </option>
          ))}
        </select>
      </FormField>
      {role === 'support' && (
        <label class="choice">
          <input
            type="checkbox"
            checked={mayUnmask}
            onChange={({ currentTarget }) => setMayUnmask(currentTarget.checked)}
          />
          {texts.unmask}
        </label>
      )}
      <FormField id="key-expires" label={texts.expires} hint={texts.expiresHint} error={errors['expiresAt']}>
        <input type="date" value={day} onChange={({ currentTarget }) => setDay(currentTarget.value)} />
      </FormField>
    </FormDialog>
  );
}

interface RotateKeyProps {
  apiKey: Key;
  onClose: () => void;
  onRotated: (key: KeyWithSecret) => void;
}

export function RotateKey({ apiKey: { id, name }, onClose, onRotated }: RotateKeyProps) {
  const [overlapHours, setOverlapHours] = useState(USUAL_OVERLAP_HOURS);
  const texts = t.settings.key;
  const rotate = async (): Promise<void> =>
    onRotated(
      await answerOf(api.POST('/v1/keys/{id}/rotations', { params: { path: { id } }, body: { overlapHours } })),
    );
  return (
    <Confirm title={fill(texts.rotateTitle, { name })} action={texts.rotate} onConfirm={rotate} onClose={onClose}>
      <p>{texts.rotateText}</p>
      <FormField id="key-overlap" label={texts.overlap}>
        <input
          type="number"
          min={0}
          max={LONGEST_OVERLAP_HOURS}
          value={overlapHours}
          onInput={({ currentTarget }) => setOverlapHours(currentTarget.valueAsNumber)}
        />
      </FormField>
    </Confirm>
  );
}

/** The only time that a secret is seen: neither Escape nor a click beside the dialog closes it. */
export function SecretShown({ apiKey: { name, secret }, onClose }: { apiKey: KeyWithSecret; onClose: () => void }) {
  const texts = t.settings.key;
  const shown = useRef<HTMLElement>(null);
  // Browsers have no clipboard for a page without TLS, unless it is on the same machine, and people can forbid it.
  const select = (): void => {
    getSelection()?.selectAllChildren(shown.current!);
    tell(t.common.copyByHand);
  };
  const copy = (): void => {
    const clipboard = navigator.clipboard as Clipboard | undefined;
    if (clipboard) clipboard.writeText(secret).then(() => tell(t.common.copied), select);
    else select();
  };
  return (
    <Dialog title={fill(texts.secretTitle, { name })} isHeld onClose={onClose}>
      <p>{texts.secretText}</p>
      <code class="secret" ref={shown}>
        {secret}
      </code>
      <p class="actions">
        <button type="button" onClick={copy}>
          {t.common.copy}
        </button>
        <button type="button" class="primary" onClick={onClose}>
          {texts.secretDone}
        </button>
      </p>
    </Dialog>
  );
}

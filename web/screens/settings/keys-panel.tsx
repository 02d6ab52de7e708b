import { useState } from 'preact/hooks';
import { answerOf, api } from '../../api/api';
import { usePages } from '../../api/use-pages';
import { Confirm } from '../../components/confirm';
import { PagedList } from '../../components/list-table';
import type { ListColumn } from '../../components/list-table';
import { Pill } from '../../components/pill';
import { Empty } from '../../components/states';
import { tell } from '../../components/toast';
import { t } from '../../messages';
import { count, fill, formatDay, formatMoment } from '../../messages/format';
import { CreateKey, RotateKey, SecretShown } from './key-dialogs';
import type { Key, KeyWithSecret } from './key-dialogs';

type Open = { kind: 'create' } | { kind: 'rotate' | 'revoke'; key: Key } | { kind: 'secret'; key: KeyWithSecret };

/** The keys of the organisation, the newest first. */
export function KeysPanel() {
  const pages = usePages<Key>(
    (after) => answerOf(api.GET('/v1/keys', { params: { query: after === undefined ? {} : { after } } })),
    [],
  );
  const [open, setOpen] = useState<Open | undefined>();
  const texts = t.settings.key;
  const close = (): void => setOpen(undefined);
  const showSecret = (key: KeyWithSecret): void => {
    setOpen({ kind: 'secret', key });
    pages.reload();
  };
  const revoke = async ({ id, name }: Key): Promise<void> => {
    await answerOf(api.DELETE('/v1/keys/{id}', { params: { path: { id } } }));
    tell(fill(texts.isRevoked, { name }));
    close();
    pages.reload();
  };
  const columns: ListColumn<Key>[] = [
    {
      key: 'name',
      title: texts.name,
      cell: ({ name, role }) => (
        <>
          <strong class="list-name">{name}</strong>
          <p class="small quiet">{t.common.roles[role]}</p>
        </>
      ),
    },
    { key: 'state', title: texts.state, cell: (key) => <KeyState apiKey={key} /> },
    {
      key: 'used',
      title: texts.lastUsed,
      isExtra: true,
      cell: ({ lastUsedAt }) => (lastUsedAt === null ? texts.never : formatMoment(lastUsedAt)),
    },
    {
      key: 'actions',
      title: texts.actions,
      isTitleHidden: true,
      cell: (key) =>
        stateOf(key) === 'active' && (
          <span class="actions">
            <button type="button" class="plain" onClick={() => setOpen({ kind: 'rotate', key })}>
              {texts.rotate}
            </button>
            <button type="button" class="plain" onClick={() => setOpen({ kind: 'revoke', key })}>
              {texts.revoke}
            </button>
          </span>
        ),
    },
  ];
  return (
    <>
      <p>
        <button type="button" class="primary" onClick={() => setOpen({ kind: 'create' })}>
          {texts.create}
        </button>
      </p>
      <PagedList
        caption={t.settings.keys}
        columns={columns}
        pages={pages}
        keyOf={({ id }) => id}
        empty={<Empty title={texts.empty} />}
      />
      {open?.kind === 'create' && <CreateKey onClose={close} onCreated={showSecret} />}
      {open?.kind === 'rotate' && <RotateKey apiKey={open.key} onClose={close} onRotated={showSecret} />}
      {open?.kind === 'secret' && <SecretShown apiKey={open.key} onClose={close} />}
      {open?.kind === 'revoke' && (
        <Confirm
          title={fill(texts.revokeTitle, { name: open.key.name })}
          action={texts.revoke}
          isDangerous
          onConfirm={() => revoke(open.key)}
          onClose={close}
        >
          <p>{texts.revokeText}</p>
        </Confirm>
      )}
    </>
  );
}

function stateOf({ revokedAt, expiresAt }: Key): 'active' | 'revoked' | 'expired' {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && Date.parse(expiresAt) <= Date.now() ? 'expired' : 'active';
}

function KeyState({ apiKey }: { apiKey: Key }) {
  const state = stateOf(apiKey);
  const { expiresAt, secrets } = apiKey;
  return (
    <>
      <Pill tone={state === 'active' ? 'good' : 'quiet'}>{t.settings.key[state]}</Pill>
      <p class="small quiet">
        {state === 'active' && secrets.length > 1 && `${count(secrets.length, t.settings.key.secrets)} `}
        {state === 'active' && expiresAt !== null && fill(t.settings.key.until, { when: formatDay(expiresAt) })}
      </p>
    </>
  );
}

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Dialog, DialogActions } from './dialog';
import { Failure } from './states';

interface ConfirmProps {
  title: string;
  /** What the button does, in a verb. */
  action: string;
  isDangerous?: boolean;
  /** Closes the dialog once it has ended well; a failure is shown in it. */
  onConfirm: () => Promise<void>;
  onClose: () => void;
  children: ComponentChildren;
}

/** Asks before something that cannot be taken back. */
export function Confirm({ title, action, isDangerous = false, onConfirm, onClose, children }: ConfirmProps) {
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const confirm = (): void => {
    setIsBusy(true);
    setError(undefined);
    onConfirm().catch((reason: unknown) => {
      setError(reason);
      setIsBusy(false);
    });
  };
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      {error !== undefined && <Failure error={error} />}
      <DialogActions onClose={onClose}>
        <button type="button" class={isDangerous ? 'danger' : 'primary'} disabled={isBusy} onClick={confirm}>
          {action}
        </button>
      </DialogActions>
    </Dialog>
  );
}

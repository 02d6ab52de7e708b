import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../messages';
import { Failure } from './states';
import { Toasts } from './toast';

interface DialogProps {
  title: string;
  onClose: () => void;
  /** At the side, over the whole height: for what is read beside a table. */
  isDrawer?: boolean;
  /** It is left by a button of its own alone, such as what is shown only once. */
  isHeld?: boolean;
  children: ComponentChildren;
}

/**
 * Keeps Escape from a dialog that has to be answered. To open it again after it has closed would be too late: the focus is in the page
 * until then, and the next Escape gives up what is typed there.
 */
export const keepOpen = (event: KeyboardEvent): void => {
  if (event.key === 'Escape') event.preventDefault();
};

/** Opens a dialog of the browser, and gives the focus back once it has gone. */
export function useModal() {
  const dialog = useRef<HTMLDialogElement>(null);
  const isGone = useRef(false);
  // Before the next key, which would fall into the page behind it.
  useLayoutEffect(() => {
    const element = dialog.current!;
    const before = document.activeElement;
    element.showModal();
    return () => {
      isGone.current = true;
      element.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return { dialog, isGone };
}

/** The browser's own modal dialog: it holds the focus, closes by Escape, and gives the focus back. */
export function Dialog({ title, onClose, isDrawer = false, isHeld = false, children }: DialogProps) {
  const { dialog, isGone } = useModal();
  // A click beside it, or one that began as a selection within it, must not throw away what was typed.
  const isTouched = useRef(false);
  const close = (): void => {
    if (!isHeld) onClose();
  };
  return (
    <dialog
      ref={dialog}
      class={isDrawer ? 'drawer' : 'dialog'}
      aria-label={title}
      onInput={() => (isTouched.current = true)}
      {...(isHeld && { onKeyDown: keepOpen })}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      // A second Escape closes it without asking (Chromium 127 and later).
      onClose={() => {
        if (isGone.current) return;
        if (isHeld) dialog.current!.showModal();
        else onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current && !isTouched.current) close();
      }}
    >
      <div class="dialog-body">
        <header class="dialog-head">
          <h2>{title}</h2>
          {!isHeld && (
            <button type="button" class="plain" aria-label={t.common.close} onClick={onClose}>
              ✕
            </button>
          )}
        </header>
        {children}
      </div>
      <Toasts />
    </dialog>
  );
}

/** The button that carries out what a dialog is about, and beside it the one that gives it up. */
export const DialogActions = ({ onClose, children }: Pick<DialogProps, 'onClose' | 'children'>) => (
  <p class="actions">
    {children}
    <button type="button" onClick={onClose}>
      {t.common.cancel}
    </button>
  </p>
);

interface FormDialogProps extends Pick<DialogProps, 'title' | 'onClose' | 'children'> {
  /** What sends it, in a verb. */
  action: string;
  isBusy: boolean;
  /** Why it was not carried out. */
  error: unknown;
  onSubmit: () => void;
}

/** A form that is sent by its button or Enter, and given up by the other one. */
export const FormDialog = ({ title, action, isBusy, error, onSubmit, onClose, children }: FormDialogProps) => (
  <Dialog title={title} onClose={onClose}>
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {error !== undefined && <Failure error={error} />}
      {children}
      <DialogActions onClose={onClose}>
        <button type="submit" class="primary" disabled={isBusy}>
          {action}
        </button>
      </DialogActions>
    </form>
  </Dialog>
);

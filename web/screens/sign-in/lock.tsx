import { keepOpen, useModal } from '../../components/dialog';
import { SignIn } from './sign-in';

/** Covers the page once a session has ended, also its dialogs. What was typed waits below. */
export function Lock({ onDone }: { onDone: () => void }) {
  const { dialog, isGone } = useModal();
  return (
    <dialog
      ref={dialog}
      class="lock"
      // There is nothing to go back to. Other keys and gestures that close it, some of them without asking, open it again.
      onKeyDown={keepOpen}
      onCancel={(event) => event.preventDefault()}
      onClose={() => !isGone.current && dialog.current!.showModal()}
    >
      <SignIn because="ended" ticket={undefined} fault={undefined} onDone={onDone} />
    </dialog>
  );
}

import { Component } from 'preact';
import type { ComponentChildren } from 'preact';
import { t } from '../messages';

/** Says that a screen has failed by a fault of the page, in place of a blank one. What was begun on the server goes on. */
export class Boundary extends Component<{ children: ComponentChildren }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static override getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <div class="notice notice-error" role="alert">
        <h2>{t.common.failed.title}</h2>
        <p>{t.common.failed.text}</p>
        <button type="button" onClick={() => location.reload()}>
          {t.common.failed.reload}
        </button>
      </div>
    );
  }
}

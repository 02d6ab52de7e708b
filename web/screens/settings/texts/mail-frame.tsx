import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../../messages';

/**
 * A mail as it looks, in a frame without rights: it runs no script, and a click goes nowhere, since its link is an example. The frame
 * inherits the policy of the page, which allows no style in an attribute; so those of the mail are set one by one, which it allows.
 */
export function MailFrame({ html }: { html: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(0);
  const write = (): void => {
    const shown = frame.current?.contentDocument;
    if (!shown?.body) return;
    // As a quotation mark within text is an entity, this finds attributes alone.
    const mail = new DOMParser().parseFromString(html.replaceAll(' style="', ' data-style="'), 'text/html');
    shown.documentElement.lang = mail.documentElement.lang;
    shown.documentElement.replaceChild(shown.adoptNode(mail.body), shown.body);
    for (const element of [shown.body, ...shown.body.querySelectorAll<HTMLElement>('[data-style]')])
      element.style.cssText = element.dataset['style'] ?? '';
    setHeight(shown.documentElement.scrollHeight);
  };
  useEffect(write, [html]);
  return (
    <div class="mail">
      <iframe
        ref={frame}
        sandbox="allow-same-origin"
        tabIndex={-1}
        title={t.texts.mail}
        srcdoc="<!doctype html><title></title>"
        onLoad={write}
        style={{ height: `${height}px` }}
      />
    </div>
  );
}

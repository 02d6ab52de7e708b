/**
 * Brings the page up to date without loading it again: new messages are put in, and what has changed is replaced. All else stays,
 * with its focus, what is unfolded and what was typed. Without it the page works the same when it is reloaded.
 */
export const REFRESH_SCRIPT = `'use strict';
const EVERY_MS = 2000;
const list = document.getElementById('messages');
const connection = document.getElementById('connection');

function say(text) {
  if (connection.textContent !== text) connection.textContent = text;
}

/** Elements that are replaced as they are; one with the focus waits for the next time. */
function replaceChanged(old, fresh) {
  if (old.outerHTML !== fresh.outerHTML && !old.contains(document.activeElement)) old.replaceWith(fresh);
}

function update(next) {
  const wanted = [...next.querySelectorAll('#messages > li')];
  const ids = new Set(wanted.map((item) => item.id));
  for (const item of [...list.children]) if (!ids.has(item.id)) item.remove();
  wanted.forEach((fresh, i) => {
    const old = document.getElementById(fresh.id);
    if (old) replaceChanged(old.querySelector('.fate'), fresh.querySelector('.fate'));
    else list.insertBefore(document.adoptNode(fresh), list.children[i] ?? null);
  });
  for (const old of document.querySelectorAll('[data-live]')) replaceChanged(old, next.getElementById(old.id));
}

async function refresh() {
  if (!document.hidden) {
    try {
      const response = await fetch(location.href, { cache: 'no-store' });
      if (!response.ok) throw new Error(response.statusText);
      update(new DOMParser().parseFromString(await response.text(), 'text/html'));
      say('');
    } catch {
      say('The sandbox does not answer. What you see may be out of date.');
    }
  }
  setTimeout(refresh, EVERY_MS);
}

setTimeout(refresh, EVERY_MS);
`;

/**
 * The look of the page. Colours keep a contrast of at least 4.5 : 1 in the light and in the dark; lengths and borders follow the
 * direction of writing.
 */
export const STYLE = `
:root { color-scheme: light dark; --ground: #eef1f6; --card: #ffffff; --ink: #1a2130; --soft: #515c6f; --line: #d5dbe5;
  --accent: #1d5bbf; --hover: #164a9e; --on-accent: #ffffff; --tint: #e4edfb; --good: #0b6b46; --good-tint: #dff3ea;
  --still: #6a4a00; --still-tint: #fbf0d4; }
@media (prefers-color-scheme: dark) { :root { --ground: #11151c; --card: #1b212b; --ink: #e9edf4; --soft: #a9b3c3;
  --line: #343d4b; --accent: #8fb8ff; --hover: #b3cfff; --on-accent: #0d1a30; --tint: #22314c; --good: #74d8ae;
  --good-tint: #17362b; --still: #f0ca76; --still-tint: #3a2f14; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; align-items: center; justify-content: center;
  gap: 1.5rem; padding: 1.5rem 1rem; background: var(--ground); color: var(--ink);
  font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { width: 100%; max-width: 31rem; padding: 2.25rem 2rem 2rem; background: var(--card); border: 1px solid var(--line);
  border-radius: 1rem; box-shadow: 0 1px 2px rgb(0 0 0 / .06), 0 12px 32px rgb(0 0 0 / .06); overflow-wrap: anywhere; }
.mark { display: grid; place-items: center; width: 3.25rem; height: 3.25rem; border-radius: 50%; background: var(--tint);
  color: var(--accent); }
.mark.good { background: var(--good-tint); color: var(--good); }
.mark.still { background: var(--still-tint); color: var(--still); }
.mark svg { width: 1.625rem; height: 1.625rem; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round;
  stroke-linejoin: round; }
h1 { margin: 1.25rem 0 .75rem; font-size: 1.5rem; line-height: 1.3; letter-spacing: -.01em; text-wrap: balance; }
h1:lang(ar) { letter-spacing: 0; }
p { margin: .5rem 0 0; }
p + p, form ~ p { color: var(--soft); font-size: .9375rem; }
form { margin: 1.5rem 0 1.25rem; }
button { width: 100%; min-height: 3rem; padding: .75rem 1.25rem; border: 0; border-radius: .625rem; background: var(--accent);
  color: var(--on-accent); font: inherit; font-weight: 600; cursor: pointer; }
button:hover { background: var(--hover); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: .25rem; }
button:focus-visible { border-radius: .625rem; }
ul { display: flex; flex-wrap: wrap; justify-content: center; gap: .25rem; margin: 0; padding: 0; list-style: none;
  font-size: .9375rem; }
nav a { display: inline-block; padding: .375rem .625rem; color: var(--soft); text-decoration: none; border-radius: .375rem; }
nav a:hover { text-decoration: underline; }
nav a[aria-current] { color: var(--ink); font-weight: 600; }
@media (max-width: 30rem) { main { padding: 1.75rem 1.25rem 1.5rem; } h1 { font-size: 1.3125rem; } }
@media (forced-colors: active) { button { border: 1px solid; } nav a[aria-current] { text-decoration: underline; } }
`;

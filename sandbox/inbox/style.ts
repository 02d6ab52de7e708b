/** The look of the inbox page. Colours keep a contrast of at least 4.5 : 1 in the light and in the dark. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #ffffff; --ground: #f4f5f7; --ink: #1c2330; --soft: #566072;
  --line: #d8dce3; --link: #1a56c4; --mail: #1a56c4; --sms: #0d6b4f; }
@media (prefers-color-scheme: dark) { :root { --paper: #1d222b; --ground: #14171d; --ink: #e8ebf0; --soft: #a4adbb;
  --line: #363d49; --link: #8ab4ff; --mail: #8ab4ff; --sms: #6fd6b0; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1rem 4rem; max-width: 52rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.75rem; }
h2 { margin: 2rem 0 0.75rem; font-size: 1.15rem; }
h3 { margin: 0; font-size: 1rem; overflow-wrap: anywhere; }
p { margin: 0.25rem 0; }
a { color: var(--link); overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
header > p, .meta, .empty, nav, aside > p { color: var(--soft); }
form { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-top: 1rem; align-items: end; }
label { flex-basis: 100%; font-size: 0.9rem; }
input { flex: 1; min-width: 12rem; }
input, button { padding: 0.5rem 0.75rem; border: 1px solid var(--soft); border-radius: 0.4rem; font: inherit;
  background: var(--paper); color: inherit; }
button { cursor: pointer; }
ol { margin: 0; padding: 0; list-style: none; display: grid; gap: 0.75rem; }
article, table { background: var(--paper); border: 1px solid var(--line); border-radius: 0.6rem; }
article { padding: 0.9rem 1.1rem; }
.meta { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; font-size: 0.85rem; overflow-wrap: anywhere; }
.channel { font-weight: 600; }
.sendgrid { color: var(--mail); }
.twilio { color: var(--sms); }
.subject { margin-top: 0.5rem; font-weight: 600; overflow-wrap: anywhere; }
.text { margin-top: 0.5rem; white-space: pre-wrap; overflow-wrap: anywhere; }
details { margin-top: 0.5rem; font-size: 0.85rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
nav { display: flex; gap: 1rem; justify-content: center; margin-top: 1rem; }
table { width: 100%; border-collapse: collapse; font-size: 0.9rem; }
th, td { padding: 0.35rem 0.75rem; text-align: left; border-top: 1px solid var(--line); }
tbody th { font-weight: 400; font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
`;

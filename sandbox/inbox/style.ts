/** The look of the inbox page. Colours keep a contrast of at least 4.5 : 1 in the light and in the dark. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #ffffff; --ground: #f4f5f7; --ink: #1c2330; --soft: #525c6d;
  --line: #d8dce3; --link: #1a56c4; --mail: #1a56c4; --sms: #0d6b4f; --good: #0b6443; --good-tint: #dff3ea; --bad: #9b1c1c;
  --bad-tint: #fce4e4; --open: #664700; --open-tint: #fbf0d4; }
@media (prefers-color-scheme: dark) { :root { --paper: #1d222b; --ground: #14171d; --ink: #e8ebf0; --soft: #a9b2c0;
  --line: #363d49; --link: #8ab4ff; --mail: #8ab4ff; --sms: #6fd6b0; --good: #7be0b6; --good-tint: #17362b; --bad: #ffa8a8;
  --bad-tint: #45201f; --open: #f0ca76; --open-tint: #3a2f14; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1rem 4rem; max-width: 54rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
h1 { margin: 0; font-size: 1.75rem; letter-spacing: -.01em; }
h2 { margin: 2rem 0 .75rem; font-size: 1.15rem; }
h3 { margin: 0; font-size: 1rem; overflow-wrap: anywhere; }
p { margin: .25rem 0; }
a { color: var(--link); overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: .25rem; }
.page > p, .meta, .empty, #pages, aside > p { color: var(--soft); }
form { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: 1rem; align-items: end; }
label { flex-basis: 100%; font-size: .9rem; }
input { flex: 1; min-width: 11rem; }
input, button { min-height: 2.75rem; padding: .5rem .75rem; border: 1px solid var(--soft); border-radius: .5rem; font: inherit;
  background: var(--paper); color: inherit; }
button { cursor: pointer; font-weight: 600; }
#channels { display: flex; flex-wrap: wrap; gap: .5rem; margin-bottom: 1rem; }
#channels a { padding: .375rem .875rem; border: 1px solid var(--line); border-radius: 2rem; background: var(--paper);
  color: var(--ink); text-decoration: none; font-size: .9375rem; }
#channels a:hover { border-color: var(--soft); }
#channels a[aria-current] { background: var(--link); border-color: var(--link); color: var(--paper); font-weight: 600; }
#channels span { font-variant-numeric: tabular-nums; }
#connection:empty, #empty:empty { display: none; }
#connection { padding: .5rem .875rem; margin-bottom: 1rem; border-radius: .5rem; background: var(--open-tint); color: var(--open); }
#empty { padding: 2.5rem 1rem; border: 1px dashed var(--soft); border-radius: .75rem; text-align: center; }
ol { margin: 0; padding: 0; list-style: none; display: grid; grid-template-columns: minmax(0, 1fr); gap: .75rem; }
article, table { background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; }
article { padding: 1rem 1.125rem; }
article header { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline; justify-content: space-between; }
.fate { padding: .0625rem .625rem; border-radius: 1rem; font-size: .8125rem; font-weight: 600; }
.fate.good { background: var(--good-tint); color: var(--good); }
.fate.bad { background: var(--bad-tint); color: var(--bad); }
.fate.open { background: var(--open-tint); color: var(--open); }
.meta { display: flex; flex-wrap: wrap; gap: .25rem 1rem; font-size: .875rem; overflow-wrap: anywhere; }
.channel { font-weight: 600; }
.sendgrid { color: var(--mail); }
.twilio { color: var(--sms); }
.subject { margin-top: .625rem; font-weight: 600; overflow-wrap: anywhere; }
.text { margin-top: .625rem; white-space: pre-wrap; overflow-wrap: anywhere; }
details { margin-top: .625rem; font-size: .875rem; }
summary { cursor: pointer; width: fit-content; padding: .25rem 0; }
iframe { display: block; width: 100%; height: 24rem; margin-top: .375rem; border: 1px solid var(--line); border-radius: .5rem;
  background: #ffffff; resize: vertical; }
pre { margin: .375rem 0 0; padding: .75rem; border-radius: .5rem; background: var(--ground); white-space: pre-wrap;
  overflow-wrap: anywhere; }
#pages { display: flex; gap: 1rem; justify-content: center; margin-top: 1rem; }
#pages[hidden] { display: none; }
.scrolls { margin-top: .75rem; overflow-x: auto; }
table { width: 100%; border-collapse: separate; border-spacing: 0; font-size: .9rem; }
th, td { padding: .4rem .75rem; text-align: left; vertical-align: top; }
tbody tr > * { border-top: 1px solid var(--line); }
tbody th { font-weight: 400; font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
@media (max-width: 30rem) { body { padding-top: 1.25rem; } h1 { font-size: 1.5rem; } th, td { padding: .4rem .5rem; }
  tbody th { min-width: 9rem; } }
@media (forced-colors: active) { .fate { border: 1px solid; } #channels a[aria-current] { text-decoration: underline; } }
`;

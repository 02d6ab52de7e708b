/** A piece of a page that is code: a span, or a line of a block. */
export interface Code {
  line: number;
  text: string;
  /** The language of its block; an indented block has none, and is for a shell. */
  block?: string;
}

export interface Page {
  /** As GitHub makes them of headings. */
  anchors: ReadonlySet<string>;
  links: { line: number; target: string }[];
  code: Code[];
  /** Blocks for a shell, whole. */
  scripts: { line: number; text: string }[];
}

const SHELLS = ['sh', 'bash', 'shell'];
export const INDENTED = 'indented';

/** What a page refers to. By hand, since the parsers that were looked at give no numbers of lines with their tokens. */
export function readPage(markdown: string): Page {
  const [anchors, links, code] = [new Set<string>(), [] as Page['links'], [] as Code[]];
  const scripts: Page['scripts'] = [];
  let fence: { mark: string; language: string } | null = null;
  let before = '';
  const addToScript = (line: number, text: string, continues: boolean): void => {
    const script = scripts.at(-1);
    if (continues && script) script.text += `\n${text}`;
    else scripts.push({ line, text });
  };
  for (const [i, text] of markdown.split('\n').entries()) {
    const line = i + 1;
    const [, indent = '', mark, language = ''] = /^(\s*)(```+|~~~+)\s*([\w-]*)/.exec(text) ?? [];
    if (fence) {
      if (mark?.startsWith(fence.mark)) fence = null;
      else {
        code.push({ line, text, block: fence.language });
        if (SHELLS.includes(fence.language)) addToScript(line, text, before !== 'fence');
      }
      before = '';
    } else if (mark !== undefined && indent.length < 4) {
      fence = { mark, language };
      before = 'fence';
    } else if (/^ {4}\S/.test(text) && (before === '' || before === INDENTED)) {
      code.push({ line, text: text.slice(4), block: INDENTED });
      addToScript(line, text.slice(4), before === INDENTED);
      before = INDENTED;
    } else if (before === INDENTED && /^ {5,}/.test(text)) {
      code.push({ line, text: text.slice(4), block: INDENTED });
      addToScript(line, text.slice(4), true);
    } else {
      before = text.trim() === '' ? '' : 'text';
      readProse(text, line, { anchors, links, code });
    }
  }
  return { anchors, links, code, scripts };
}

function readProse(
  text: string,
  line: number,
  { anchors, links, code }: { anchors: Set<string>; links: Page['links']; code: Code[] },
): void {
  const [, heading] = /^#{1,6}\s+(.*?)\s*#*$/.exec(text) ?? [];
  if (heading !== undefined) addAnchor(anchors, heading);
  for (const [, id] of text.matchAll(/<a\s+(?:id|name)="([^"]+)"/g)) anchors.add(id!);
  const prose = text.replace(/(`+)(.+?)\1(?!`)/g, (_all, _mark, span: string) => {
    // Within a table a bar is written with a backslash.
    code.push({ line, text: span.trim().replaceAll('\\|', '|') });
    return 'CODE';
  });
  for (const [, target] of prose.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g))
    links.push({ line, target: target! });
}

/** Small letters, digits, hyphens; a second one of the same name is counted. */
function addAnchor(anchors: Set<string>, heading: string): void {
  const slug = heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
  let anchor = slug;
  for (let n = 1; anchors.has(anchor); n += 1) anchor = `${slug}-${n}`;
  anchors.add(anchor);
}

const UNRELEASED = '## Unreleased';

/** What has changed since the last release, as it stands in the changelog. Throws where there is no such section, or nothing in it. */
export function unreleasedIn(changelog: string): string {
  const [, body] = splitAtUnreleased(changelog);
  const text = body.trim();
  if (!/^- /m.test(text))
    throw new Error(`CHANGELOG.md has nothing below "${UNRELEASED}": there is nothing to release.`);
  return text;
}

/** The changelog in which that section belongs to a version of a day (YYYY-MM-DD), with an empty one above it. */
export function releaseChangelog(changelog: string, version: string, day: string): string {
  unreleasedIn(changelog);
  const [before, body, after] = splitAtUnreleased(changelog);
  return `${before}${UNRELEASED}\n\n## ${version} – ${day}\n${body}${after}`;
}

function splitAtUnreleased(changelog: string): [before: string, body: string, after: string] {
  const start = changelog.search(/^## Unreleased$/m);
  if (start < 0) throw new Error(`CHANGELOG.md has no section "${UNRELEASED}".`);
  const from = start + UNRELEASED.length + 1;
  const next = changelog.slice(from).search(/^## /m);
  const end = next < 0 ? changelog.length : from + next;
  return [changelog.slice(0, start), changelog.slice(from, end), changelog.slice(end)];
}

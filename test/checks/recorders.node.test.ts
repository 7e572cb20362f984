// Each fixture has a recorder and each recorder a fixture, by the table that test/fixtures/record/all.py reads too.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const fixtures = new URL('../fixtures/', import.meta.url);
const record = new URL('record/', fixtures);
const table = readFileSync(new URL('README.md', record), 'utf8');
const rows = Array.from(table.matchAll(/^\| (\w+\.(?:py|mjs)) \| ([^|]+) \|/gm), ([, script, made]) => ({
  script,
  made: made.split(',').map((name) => name.trim()),
}));

/** A script that is imported or runs others, and records nothing itself. */
const isHelper = (script: string): boolean => {
  const text = readFileSync(new URL(script, record), 'utf8');
  return script === 'all.py' || !(script.endsWith('.mjs') || /^(run|sys\.exit|random_seeds\.main)\(/m.test(text));
};

describe('recorders of fixtures', () => {
  it('are listed: each script that records, and no other', () => {
    const scripts = readdirSync(record).filter((name) => /\.(py|mjs)$/.test(name) && !isHelper(name));
    expect(rows.map(({ script }) => script).sort()).toEqual(scripts.sort());
  });

  it('make each fixture once, and nothing that is not there', () => {
    const folders = readdirSync(fixtures, { withFileTypes: true });
    const names = folders.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
    const made = rows.flatMap((row) => row.made);
    expect(made.sort()).toEqual(names.filter((name) => name !== 'README.md' && name !== 'record/').sort());
  });

  it.each(rows)('$script is named after what it makes', ({ script, made }) => {
    const stem = script.replace(/\.\w+$/, '');
    expect(made.map((name) => name.replace(/\/$|\.json$/, ''))).toContain(stem);
  });

  it('are told about in the README of the fixtures', () => {
    expect(readFileSync(new URL('README.md', fixtures), 'utf8')).toContain('record/');
  });
});

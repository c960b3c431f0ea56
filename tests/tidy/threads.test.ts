import { describe, expect, it } from 'vitest';
import { parseProgram } from '../../program/program-file.ts';
import { reached } from '../model/fixtures/play.ts';
import { repository } from './files.ts';

const all = repository();
const sections = (all.find(({ path }) => path === 'docs/threads.md')?.text ?? '').split('\n## ').slice(1);
const programs = all.filter(({ path }) => path.startsWith('corpus/threads/'));

const ROW = /^\| #(\d+) \| ([^|]+) \| (?:`([^`]+)`|not said) \| [^|]+ \|$/u;

/** The rows of a section: thread, class and, where there is one, program. */
const rowsOf = (section: string) =>
  section
    .split('\n')
    .filter((line) => line.startsWith('| #'))
    .map((line) => {
      const [, thread, kind, program] = ROW.exec(line) ?? [];
      return { line, thread: Number(thread), kind, program };
    });

const rows = sections.flatMap(rowsOf);

describe('the table of public threads', () => {
  it('has a class for each thread, and a program or what is missing', () => {
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.filter(({ kind }) => kind === undefined).map(({ line }) => line)).toEqual([]);
  });

  it('has each thread once, in order within its section', () => {
    expect(new Set(rows.map(({ thread }) => thread)).size).toBe(rows.length);
    for (const section of sections) {
      const threads = rowsOf(section).map(({ thread }) => thread);
      expect(threads).toEqual(threads.toSorted((a, b) => a - b));
    }
  });

  it('counts right how many are said, and in all three quarters are', () => {
    const counts = sections.map((section) => {
      const counted = rowsOf(section).filter(({ kind }) => kind !== 'outside');
      const said = counted.filter(({ program }) => program !== undefined).length;
      expect(section).toContain(`\n${said} of ${counted.length} are said`);
      return { said, of: counted.length };
    });
    const sum = (name: 'said' | 'of') => counts.reduce((total, count) => total + count[name], 0);
    expect(sum('said') / sum('of')).toBeGreaterThanOrEqual(0.75);
  });

  it('names each program of corpus/threads, and none that is not there', () => {
    const named = new Set(rows.flatMap(({ program }) => program ?? []));
    const paths = all.map(({ path }) => path);
    expect([...named].filter((path) => !paths.includes(path))).toEqual([]);
    expect(programs.map(({ path }) => path).filter((path) => !named.has(path))).toEqual([]);
  });
});

it.each(programs.map(({ path, text }) => [path, text]))('%s is judged in every step', (path, text) => {
  const { note, steps } = parseProgram(path, text);
  expect(note).toContain(`#${path.replace(/\D+/gu, '')}: `);
  expect(() => reached(...steps)).not.toThrow();
});

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One file of the repository; the path is relative to its top. */
export interface SourceFile {
  path: string;
  text: string;
}

const top = fileURLToPath(new URL('../../', import.meta.url));

/** Everything that is tracked, as text. Without git (an unpacked archive) everything that is there. */
export function repository(): SourceFile[] {
  return paths()
    .filter((path) => existsSync(join(top, path)))
    .map((path) => ({ path, text: readFileSync(join(top, path), 'utf8') }));
}

function paths(): string[] {
  try {
    const listed = execFileSync('git', ['ls-files', '-z'], { cwd: top, stdio: ['ignore', 'pipe', 'ignore'] });
    return listed.toString().split('\0').filter(Boolean);
  } catch {
    const all = readdirSync(top, { recursive: true, withFileTypes: true });
    return all
      .filter((entry) => entry.isFile() && !/node_modules|\/\.git\b/u.test(`${entry.parentPath}/`))
      .map((entry) => join(entry.parentPath, entry.name).slice(top.length));
  }
}

const testTiers = ['tests', 'properties', 'quality'];

/** The top folder of a path; empty for files at the top. */
export const roomOf = (path: string): string => (path.includes('/') ? (path.split('/')[0] as string) : '');

/** TypeScript of any kind. */
export const isCode = (path: string): boolean => path.endsWith('.ts');

/** TypeScript of one of the test tiers. */
export const isTest = (path: string): boolean => isCode(path) && testTiers.includes(roomOf(path));

/** TypeScript that is no test. */
export const isSource = (path: string): boolean => isCode(path) && !isTest(path);

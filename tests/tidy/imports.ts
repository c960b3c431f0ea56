import { posix } from 'node:path';
import { roomOf, type SourceFile } from './files.ts';

/** One import, of code or of types: the module as written, and the file it means where it is one of ours. */
interface Import {
  module: string;
  target: string | null;
}

const IMPORT = /^(?:import|export)\b[^'";]*?\sfrom\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gmu;

/** Every import of a file. */
export function importsOf(file: SourceFile): Import[] {
  const target = (module: string): string | null =>
    module.startsWith('.') ? posix.join(posix.dirname(file.path), module) : null;
  return [...file.text.matchAll(IMPORT)].map(([, named, bare, dynamic]) => {
    const module = named ?? bare ?? dynamic ?? '';
    return { module, target: target(module) };
  });
}

/**
 * Says which rooms a room may import from, types included: domain ← model ← commands ← program ← verdict ← run and
 * search, which do not know each other, ← bin, which joins them. The reference runtime stands apart: it is written from the contract and may not share a line
 * with the model that judges it.
 */
export const neighbours: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  files: [],
  machine: [],
  reference: [],
  lab: ['files', 'domain', 'machine'],
  model: ['domain'],
  runtime: ['files', 'domain', 'machine', 'lab'],
  commands: ['domain', 'model', 'runtime'],
  program: ['files', 'domain', 'model', 'commands'],
  verdict: ['files', 'domain', 'model', 'commands', 'program'],
  run: ['domain', 'model', 'commands', 'program', 'runtime', 'verdict'],
  search: ['files', 'domain', 'model', 'commands', 'program', 'verdict'],
  report: ['files', 'domain', 'model', 'commands', 'program', 'verdict', 'runtime', 'search'],
  bin: [
    'files',
    'domain',
    'model',
    'commands',
    'program',
    'lab',
    'runtime',
    'verdict',
    'run',
    'search',
    'report',
  ],
  // Measures everything there is; only tests and the scoreboard in quality/ use it.
  bench: [
    ...[
      'files',
      'domain',
      'machine',
      'model',
      'commands',
      'program',
      'runtime',
      'verdict',
      'run',
      'search',
      'report',
    ],
    ...['bin', 'reference'],
  ],
};

/** The only doors to the reference runtime: what starts it, and what checks the names of its defects. */
const doors: readonly string[] = ['runtime/targets/reference.ts', 'bin/options/choose.ts'];

/** Imports that go against the direction of the rooms. */
export function wrongDirections(file: SourceFile): string[] {
  const room = roomOf(file.path);
  const allowed = neighbours[room];
  if (!allowed) return room === '' ? [] : [`${file.path}: the room ${room}/ has no row in the import table`];
  return importsOf(file).flatMap(({ target }) => {
    const other = target === null ? room : roomOf(target);
    if (other === room || allowed.includes(other)) return [];
    if (other === 'reference' && doors.includes(file.path)) return [];
    return [`${file.path} imports ${target}: ${room}/ may not import from there`];
  });
}

/** Draws the program of a seed. */
const fastCheckDoors: readonly string[] = ['bin/smoke/plan.ts'];
const fastCheckRooms: readonly string[] = ['search', 'commands', 'run', 'bench'];
const pureRooms: readonly string[] = ['domain', 'model'];

/** Packages where they do not belong: node in the pure rooms, fast-check outside drawing and running. */
export function wrongPackages(file: SourceFile): string[] {
  const room = roomOf(file.path);
  return importsOf(file).flatMap(({ module }) => {
    if (module.startsWith('node:') && pureRooms.includes(room))
      return [`${file.path} imports ${module}: ${room}/ is pure`];
    if (module === 'fast-check' && !fastCheckRooms.includes(room) && !fastCheckDoors.includes(file.path))
      return [`${file.path} imports fast-check: only ${fastCheckRooms.join(', ')} and tests may`];
    return [];
  });
}

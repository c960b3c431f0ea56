import { posix } from 'node:path';
import { roomOf, type SourceFile } from './files.ts';

/** One import: the module as written, the file it means where it is one of ours, and whether only types come. */
interface Import {
  module: string;
  target: string | null;
  typeOnly: boolean;
}

const STATEMENT = /^(import|export)(\s+type)?\b([^'";]*?)\sfrom\s+'([^']+)'/gmu;
const BARE = /^import\s+'([^']+)'|\bimport\('([^']+)'\)/gmu;

/** Every import of a file. */
export function importsOf(file: SourceFile): Import[] {
  const target = (module: string): string | null =>
    module.startsWith('.') ? posix.join(posix.dirname(file.path), module) : null;
  const statements = [...file.text.matchAll(STATEMENT)].map(([, , type, , module = '']) => ({
    module,
    target: target(module),
    typeOnly: type !== undefined,
  }));
  const bare = [...file.text.matchAll(BARE)].map(([, plain, dynamic]) => {
    const module = plain ?? dynamic ?? '';
    return { module, target: target(module), typeOnly: false };
  });
  return [...statements, ...bare];
}

/** Which rooms a room may import from; `types` may lend their types only. */
interface Neighbours {
  from: readonly string[];
  types?: readonly string[];
}

/**
 * The way of the data: domain ← model ← commands ← program ← run ← search ← bin. The reference runtime stands
 * apart: it is written from the contract and may not share a line with the model that judges it.
 */
export const neighbours: Readonly<Record<string, Neighbours>> = {
  domain: { from: [] },
  program: { from: ['domain'], types: ['model', 'runtime'] },
  model: { from: ['domain'], types: ['program'] },
  lab: { from: [] },
  reference: { from: [] },
  runtime: { from: ['domain', 'lab'], types: ['program'] },
  commands: { from: ['domain', 'program', 'model', 'runtime'] },
  verdict: { from: ['domain', 'program', 'model'], types: ['run', 'runtime'] },
  run: { from: ['domain', 'program', 'model', 'commands', 'runtime', 'verdict'] },
  search: { from: ['domain', 'program', 'model', 'commands', 'verdict'], types: ['run', 'runtime'] },
  report: {
    from: ['domain', 'program', 'model', 'commands', 'verdict'],
    types: ['run', 'runtime', 'search'],
  },
  bin: {
    from: ['domain', 'program', 'model', 'commands', 'runtime', 'verdict', 'run', 'search', 'report', 'lab'],
  },
  // Measures everything there is; only tests and the scoreboard in quality/ use it.
  bench: {
    from: [
      'domain',
      'program',
      'model',
      'commands',
      'runtime',
      'verdict',
      'run',
      'search',
      'report',
      'bin',
      'reference',
    ],
  },
};

/** The only doors to the reference runtime: what starts it, and what checks the names of its defects. */
const doors: readonly string[] = ['runtime/targets/reference.ts', 'bin/options/choose.ts'];

/** Imports that go against the direction of the rooms. */
export function wrongDirections(file: SourceFile): string[] {
  const room = roomOf(file.path);
  const allowed = neighbours[room];
  if (!allowed) return room === '' ? [] : [`${file.path}: the room ${room}/ has no row in the import table`];
  return importsOf(file).flatMap(({ target, typeOnly }) => {
    const other = target === null ? room : roomOf(target);
    if (other === room || allowed.from.includes(other)) return [];
    if (typeOnly && allowed.types?.includes(other)) return [];
    if (other === 'reference' && doors.includes(file.path)) return [];
    return [
      `${file.path} imports ${target}: ${room}/ may not import ${typeOnly ? 'types' : 'code'} from there`,
    ];
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

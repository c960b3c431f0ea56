import { posix } from 'node:path';
import type { StepOf } from '../../../program/step.ts';
import { boxPath, type Cast, spell } from '../cast.ts';
import { writeBytes } from '../check-bytes.ts';
import { line, raw } from '../line.ts';

/** start, stop, restart, rm (contract 2.5, 2.6, 4.3). */
export function power(step: StepOf<'start' | 'stop' | 'restart' | 'rm'>, cast: Cast): string[] {
  const [first = ''] = step.on;
  if (step.via !== 'rest') {
    const flags = step.op === 'rm' && step.force ? ['-f'] : [];
    return [
      line(raw(step.via), step.op, ...flags, ...step.on.map((ref) => spell(cast, ref, step.by, step.via))),
    ];
  }
  const path = boxPath(cast, first, step.by);
  if (step.op === 'rm') return [line(raw('rest DELETE'), [...path, step.force ? '?force=true' : ''])];
  // The answer tells the box.
  return [line(raw('rest POST'), [...path, `/${step.op}`]), 'see_box_rest'];
}

/** inspect and settle: one box as a surface shows it; what follows reads it into BOX_STATUS and BOX_CODE. */
export function look(step: StepOf<'inspect' | 'settle'>, cast: Cast): string[] {
  const by = step.op === 'inspect' ? step.by : undefined;
  if (step.via === 'rest') return [line(raw('rest GET'), boxPath(cast, step.on, by)), 'see_box_rest'];
  const template = '{{.State.Status}} {{.State.ExitCode}}';
  return [line(raw(step.via), 'inspect', '-f', template, spell(cast, step.on, by, step.via)), 'see_box_cli'];
}

/** list: what follows reads it into lines of id and status. */
export function list(step: StepOf<'list'>): string[] {
  if (step.via === 'rest') return ['rest GET ""', 'see_list'];
  return [line(raw(step.via), 'list', ...(step.all ? ['-a'] : []), '--format', 'json'), 'see_list'];
}

/** cp and PUT files (contract 2.8, 4.2). */
export function copyIn(step: StepOf<'copy-in'>, cast: Cast): string[] {
  if (step.via !== 'rest') {
    const target = [...spell(cast, step.on, step.by, step.via), `:${step.path}`];
    return [writeBytes(step.data, '"$T/copy-in"'), line(raw(`${step.via} cp "$T/copy-in"`), target)];
  }
  const directory = step.path === '' ? '' : step.path.slice(0, step.path.lastIndexOf('/')) || '/';
  const base = posix.basename(step.path) || 'file';
  return [
    'rm -rf "$T/tar"; mkdir "$T/tar"',
    writeBytes(step.data, line(raw('"$T"/tar/'), base).replace(' ', '')),
    line(raw('tar -C "$T/tar" -cf "$T/in.tar"'), base),
    line(
      raw('rest PUT'),
      filesPath(cast, step, directory),
      raw('-H "content-type: application/x-tar" --data-binary "@$T/in.tar"'),
    ),
  ];
}

/** cp and GET files; what was copied is then `$T/got`. */
export function copyOut(step: StepOf<'copy-out'>, cast: Cast): string[] {
  const clean = 'rm -rf "$T/got"';
  if (step.via !== 'rest') {
    const source = [...spell(cast, step.on, step.by, step.via), `:${step.path}`];
    return [clean, line(raw(`${step.via} cp`), source, raw('"$T/got"'))];
  }
  return [
    clean,
    line(raw('rest GET'), filesPath(cast, step, step.path)),
    '[ "$STATUS" != 200 ] || tar -xOf "$T/out" >"$T/got" || rm -f "$T/got"',
  ];
}

const filesPath = (cast: Cast, step: { on: string; by?: StepOf<'copy-in'>['by'] }, path: string) => [
  ...boxPath(cast, step.on, step.by),
  `/files?path=${encodeURIComponent(path)}`,
];

import { expect, it } from 'vitest';
import type { World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import { reached, saysNothing } from './fixtures/play.ts';
import { copyIn, run } from './fixtures/steps.ts';

type Via = 'cli' | 'url' | 'rest' | 'sdk';

const tree = (tree: 'directory' | 'contents', path: string, via: Via = 'cli'): Step =>
  ({ ...copyIn(path), via, data: 'x', tree }) as Step;

const filesIn = (...steps: Step[]): string[] =>
  Object.keys((reached(...steps) as World).boxes.box1?.disk ?? {}).sort();

it.each<[string, Step[], string[]]>([
  [
    'to where nothing is: it becomes that directory',
    [tree('directory', '/root/d1')],
    ['/root/d1/f', '/root/d1/sub/g'],
  ],
  [
    'onto one of the image: it lands inside',
    [tree('directory', '/root')],
    ['/root/tree/f', '/root/tree/sub/g'],
  ],
  [
    'once more: it lands inside',
    [tree('directory', '/root/d1'), tree('directory', '/root/d1')],
    ['/root/d1/f', '/root/d1/sub/g', '/root/d1/tree/f', '/root/d1/tree/sub/g'],
  ],
  ['what is in it', [tree('contents', '/root')], ['/root/f', '/root/sub/g']],
])('a directory is copied %s (contract 2.8)', (_, copies, files) => {
  expect(filesIn(run(undefined, 'cli'), ...copies)).toEqual(files);
});

it('an archive is unpacked into a directory that is there, and of no other is anything said', () => {
  expect(filesIn(run(undefined, 'rest'), tree('directory', '/root', 'rest'))).toEqual([
    '/root/tree/f',
    '/root/tree/sub/g',
  ]);
  saysNothing(reached(run(undefined, 'rest')), tree('contents', '/root/d1', 'rest'));
});

it('of a directory copied by an SDK, or onto a file, nothing is said', () => {
  saysNothing(reached(run(undefined, 'rest')), tree('directory', '/root', 'sdk'));
  const onto = reached(run(undefined, 'cli'), copyIn('/root/f1', 'cli'));
  saysNothing(onto, tree('directory', '/root/f1'));
});

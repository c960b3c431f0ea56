import { describe, expect, it } from 'vitest';
import { emptyWorld } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import { labels, onward, reached, saysNothing } from './fixtures/play.ts';
import { hold, run, withMounts } from './fixtures/steps.ts';

describe('what a program does not make', () => {
  it('is not judged: files of the image, a file in the way of a directory of the host', () => {
    const write = (file: string): Step => ({ op: 'host-write', host: 'h1', file, data: 'x' });
    const world = reached(
      withMounts(run(hold, 'cli'), { kind: 'dir', host: 'h1', at: '/mnt/a' }),
      write('d/e'),
    );
    for (const file of ['d', 'd/e/f', 'marker/f']) expect(saysNothing(world, write(file)), file).toBe(true);
    expect(saysNothing(world, write('d/f'))).toBe(false);
    const reads = (path: string): Step => ({
      op: 'exec',
      via: 'cli',
      on: 'box1',
      work: { do: 'read', path },
    });
    for (const path of ['/etc/passwd', '/f', '/root'])
      expect(saysNothing(world, reads(path)), path).toBe(true);
    expect(saysNothing(world, reads('/root/f'))).toBe(false);
    const over: Step = { ...reads('/mnt/a/d'), work: { do: 'write', path: '/mnt/a/d', data: 'x' } } as Step;
    expect(labels(world, over)).toEqual(['ran']);
    expect(onward(world, over).hosts).toEqual(world.hosts);
  });

  it('is a mistake at the shell that a verb does not have', () => {
    const misuse = (how: string, verb: string) => ({ op: 'misuse', via: 'cli', how, verb }) as Step;
    expect(saysNothing(emptyWorld, misuse('nothing-named', 'list'))).toBe(true);
    expect(labels(emptyWorld, misuse('nothing-named', 'stop'))).toEqual(['refused:usage']);
  });
});

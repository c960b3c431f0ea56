import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBuffer } from '../../../domain/bytes.ts';
import { boxArchiveNames } from '../../../run/perform/box-archive.ts';

describe('an archive of a box', () => {
  const block = (text = ''): Buffer =>
    Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(512 - text.length)]);
  const header = (name: string, type: string, size: number): Buffer => {
    const made = block(name);
    made.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
    made.write(type, 156);
    return made;
  };
  const manifest = [header('manifest.json', '0', 2), block('{}')];
  const end = [block(), block()];
  const namesOf = (...blocks: Buffer[]) => boxArchiveNames(fromBuffer(Buffer.concat(blocks)));
  const both = 'disk.qcow2\nmanifest.json\n';

  it('tells the members that there are, the others not', () => {
    expect(namesOf(...manifest, header('./disk.qcow2', '0', 600), block('d'), block('d'), ...end)).toBe(both);
    expect(namesOf(...manifest, header('other', '0', 0), ...end)).toBe('manifest.json\n');
  });

  it('has a disk with holes, however many blocks tell where they are', () => {
    const disk = header('disk.qcow2', 'S', 5);
    expect(namesOf(disk, block('data'), ...manifest, ...end)).toBe(both);
    disk[482] = 1;
    const more = block();
    more[504] = 1;
    expect(namesOf(disk, more, block(), block('data'), ...manifest, ...end)).toBe(both);
  });

  it('has a disk of a size that eight digits cannot tell', () => {
    const disk = header('disk.qcow2', '0', 0);
    disk.fill(0, 124, 136);
    disk[124] = 0x80;
    disk[135] = 3;
    expect(namesOf(disk, block('abc'), ...manifest, ...end)).toBe(both);
  });

  it('is none where it is cut, or is no archive', () => {
    const whole = Buffer.concat([...manifest, header('disk.qcow2', '0', 600), block('d'), block('d')]);
    for (let to = 0; to <= whole.length; to += 256) expect(namesOf(whole.subarray(0, to))).toBe('');
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 2_000 }),
        (text) => boxArchiveNames(Buffer.from(text).toString('latin1')) === '',
      ),
    );
  });
});

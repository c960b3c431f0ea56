import * as fc from 'fast-check';
import { pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { everyByte, fromBuffer } from '../../../domain/bytes.ts';
import { boxArchiveNames, tarOf, untarOne } from '../../../run/perform/tar.ts';

const bytes = fc.string({ unit: 'binary', maxLength: 2_000 });

describe('tar', () => {
  it('brings a file there and back, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[a-z0-9]{1,20}$/), bytes, async (name, text) => {
        const data = Buffer.from(text, 'utf8').toString('latin1');
        expect(await untarOne(fromBuffer(await tarOf(name, data)))).toBe(data);
      }),
      { numRuns: 50 },
    );
    expect(await untarOne(fromBuffer(await tarOf('f', everyByte.repeat(300))))).toBe(everyByte.repeat(300));
  });

  it('finds no single file in an archive with none or two', async () => {
    const archive = (...names: string[]) => {
      const packed = pack();
      packed.entry({ name: 'dir', type: 'directory' });
      for (const name of names) packed.entry({ name }, 'x');
      packed.finalize();
      return Array.fromAsync(packed).then((chunks) => fromBuffer(Buffer.concat(chunks as Buffer[])));
    };
    expect(await untarOne(await archive('a'))).toBe('x');
    expect(await untarOne(await archive())).toBeNull();
    expect(await untarOne(await archive('a', 'b'))).toBeNull();
  });

  it('takes any bytes for an archive without a crash', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, async (text) => {
        const found = await untarOne(Buffer.from(text, 'utf8').toString('latin1'));
        expect(found === null || typeof found === 'string').toBe(true);
      }),
      { numRuns: 50 },
    );
    expect(await untarOne('no archive at all')).toBeNull();
  });
});

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
    fc.assert(fc.property(bytes, (text) => boxArchiveNames(Buffer.from(text).toString('latin1')) === ''));
  });
});

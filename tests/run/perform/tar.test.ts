import * as fc from 'fast-check';
import { pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { everyByte, fromBuffer } from '../../../domain/bytes.ts';
import { unpack } from '../../../reference/server/tar.ts';
import { tarOf, untarOne } from '../../../run/perform/tar.ts';

const bytes = fc.string({ unit: 'binary', maxLength: 2_000 });

describe('tar', () => {
  it('brings a file there and back, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[a-z0-9]{1,20}$/), bytes, async (name, text) => {
        const data = Buffer.from(text, 'utf8').toString('latin1');
        expect(await untarOne(fromBuffer(await tarOf({ [name]: data })))).toBe(data);
      }),
      { numRuns: 50 },
    );
    expect(await untarOne(fromBuffer(await tarOf({ f: everyByte.repeat(300) })))).toBe(everyByte.repeat(300));
  });

  it('tells what a file permits, and says whose it is only where it comes with that', async () => {
    const archive = await tarOf({ f: 'x' }, '640');
    expect(await untarOne(fromBuffer(archive), 'mode')).toBe('-rw-r-----\n');
    const owners = async (bytes: Buffer) =>
      (await unpack(bytes, 1)).map(({ mode, owner }) => [mode.toString(8), owner?.uid, owner?.gid]);
    expect(await owners(archive)).toEqual([['640', 1234, 56]]);
    expect(await owners(await tarOf({ f: 'x' }))).toEqual([['644', 0, 0]]);
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

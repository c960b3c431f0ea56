import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { coverageFile, recallCoverage, rememberCoverage } from '../../../bin/coverage/memory.ts';
import { coverageTable } from '../../../search/coverage/coverage.ts';

test('what one night covered is known to the next, per target and version', async () => {
  const out = await mkdtemp(join(tmpdir(), 'bc-memory-'));
  try {
    const file = coverageFile(out, { target: 'lab', version: 'boxlite 0.10.7', details: {} });
    expect((await recallCoverage(file)).keys.size).toBe(0);
    await rememberCoverage(file, coverageTable(new Map([['exec cli job/running ran', 3]])));
    expect((await recallCoverage(file)).keys.get('exec cli job/running ran')).toBe(3);
    const other = coverageFile(out, { target: 'lab', version: 'boxlite 0.10.0', details: {} });
    expect((await recallCoverage(other)).keys.size).toBe(0);
    await writeFile(file, (await readFile(file, 'utf8')).slice(5));
    await expect(recallCoverage(file)).rejects.toThrow(file);
  } finally {
    await rm(out, { recursive: true, force: true });
  }
});

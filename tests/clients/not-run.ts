import { findSdks } from '../../runtime/sdks.ts';
import { usualVersions } from '../../runtime/wheels.ts';
import { realCli, version } from './cli/binary.ts';

// Run after `npm test`, so that nobody takes its green for more than it is.
const build = realCli() === null ? '`npm run lab -- build` (its binary is not on this machine), then ' : '';
console.log(`
NOT RUN: the real boxlite ${version} CLI as a client of the reference runtime. Run it with: ${build}\`npm run clients\`.
NOT RUN: anything on the real BoxLite. Run it with: \`npm run smoke\`.`);
for (const line of new Set(usualVersions.flatMap((one) => findSdks(one).missing)))
  console.log(`NOT RUN: ${line}.`);

/** What seeded defects do at their sites; loaded only when one is switched on. */
export { spoiledEnv } from './env.ts';
export { late } from './late.ts';
export { leakAtBoot, leakAtRemoval } from './leaks.ts';
export { spoiledMainCode } from './main-code.ts';
export { spoiledMounts } from './mounts.ts';
export { isKeptName, keepName } from './names.ts';
export { spoiled } from './output.ts';
export { acceptsVolumes, restMounts } from './rest-volumes.ts';
export { spoiledGuard, spoiledStart } from './start.ts';

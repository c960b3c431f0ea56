export { isLabBootFailure } from './boot-failure.ts';
export { buildLab, downLab, labLogs, labStatus, upLab } from './commands.ts';
export { LabError } from './error.ts';
export { CLI_HOME, GUEST_BOXLITE, type Lab, openLab, ROOTFS, SERVE_HOME } from './open.ts';
export { labPaths } from './paths.ts';

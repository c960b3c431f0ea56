export { isLabBootFailure } from './boot-failure.ts';
export { labLacks } from './build/index.ts';
export { buildLab, downLab, labLogs, labStatus, upLab } from './commands.ts';
export { CLI_HOME, GUEST_BOXLITE, type Lab, openLab, ROOTFS, SERVE_HOME } from './open.ts';

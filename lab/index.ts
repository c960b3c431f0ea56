export { isLabBootFailure } from './boot-failure.ts';
export { labLacks } from './build/index.ts';
export {
  buildLab,
  CLI_HOME,
  downLab,
  GUEST_BOXLITE,
  type Lab,
  labLogs,
  labStatus,
  openLab,
  ROOTFS,
  SERVE_HOME,
  upLab,
} from './open.ts';

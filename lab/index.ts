export { isLabBootFailure } from './boot-failure.ts';
export { labLacks, labLacksSdk } from './build/index.ts';
export { LabError } from './call.ts';
export { homesOfLane, LAB_LANES } from './lanes.ts';
export {
  buildLab,
  downLab,
  GUEST_BOXLITE,
  type Lab,
  labLogs,
  labStatus,
  openLab,
  ROOTFS,
  upLab,
} from './open.ts';

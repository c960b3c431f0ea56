import { newestVersion } from '../domain/identity.ts';

/** What differs between BoxLite versions (contract 10). */
export interface Profile {
  readonly id: string;
  /** REST create with a host path in `volumes`: a 400, or accepted and dropped. */
  readonly restVolumes: 'refused' | 'dropped';
  /** `?stdin=0` attaches exist. */
  readonly readonlyAttach: boolean;
  /** A server takes a user for an execution. */
  readonly execUser: boolean;
  /** A server keeps deadlines of boxes, and what it is told of resuming them. */
  readonly deadlines: boolean;
  /** A number of processors outside 1 to 16 is refused. */
  readonly cpusChecked: boolean;
  /** Snapshots, clones and archives are there (contract 11). */
  readonly copies: boolean;
  /** The network policy of a box is checked, shown, and changed while it runs (contract 12.5). */
  readonly policies: boolean;
  /** The machine that its boxes have for their host is one on which this program can listen. */
  readonly ownMachine: boolean;
}

/** What programs are drawn for when no runtime is asked. */
export const newestProfile: Profile = {
  id: newestVersion,
  restVolumes: 'refused',
  readonlyAttach: true,
  execUser: true,
  deadlines: true,
  cpusChecked: true,
  copies: true,
  policies: true,
  ownMachine: true,
};

const before11 = { ...newestProfile, execUser: false, cpusChecked: false };
const before108 = { ...before11, policies: false };

/** One row a version whose answers the contract knows; 0.10.8 and 0.11.0 only add to 0.10.7 (contract 10). */
const profiles: readonly Profile[] = [
  newestProfile,
  { ...before11, id: '0.10.8' },
  { ...before108, id: '0.10.7' },
  { ...before108, id: '0.10.0', readonlyAttach: false, deadlines: false, copies: false },
  {
    ...before108,
    id: 'june-2026',
    restVolumes: 'dropped',
    readonlyAttach: false,
    deadlines: false,
    copies: false,
  },
];

/** All profiles by id. */
export const profileIds = profiles.map((profile) => profile.id);

/**
 * The profile for what a runtime says of itself (`boxlite --version`, or a profile id). An unknown version
 * gets the nearest one and a warning that names it.
 */
export function profileFor(version: string): { profile: Profile; warning?: string } {
  const exact = profiles.find((profile) => profile.id === version);
  if (exact) return { profile: exact };
  const nearest = nearestRelease(version);
  return {
    profile: nearest,
    warning: `BoxLite ${version} is not known to boxcheck; it is judged by the contract profile ${nearest.id}`,
  };
}

/** The newest known release that is not newer than `version`, else the oldest known one. */
function nearestRelease(version: string): Profile {
  const releases = profiles.filter((profile) => /^\d/u.test(profile.id));
  const notNewer = releases.filter((profile) => weight(profile.id) <= weight(version));
  const byAge = (a: Profile, b: Profile) => weight(b.id) - weight(a.id);
  return notNewer.sort(byAge)[0] ?? (releases.sort(byAge).at(-1) as Profile);
}

/** Release numbers as one comparable number; text that is no release counts as the newest. */
function weight(version: string): number {
  const parts = /^(\d+)\.(\d+)\.(\d+)/u.exec(version);
  if (!parts) return Number.MAX_SAFE_INTEGER;
  return Number(parts[1]) * 1e6 + Number(parts[2]) * 1e3 + Number(parts[3]);
}

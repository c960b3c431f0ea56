/** Which BoxLite this runtime plays. */
type ProfileName = '0.11.0' | '0.10.8' | '0.10.7' | '0.10.0' | 'june-2026';

/** What differs between the generations, one switch a difference (contract 10). */
export interface Profile {
  name: ProfileName;
  /** What `--version` prints after the program's name. */
  version: string;
  /** Verbs without a server side refuse an explicit `--url`. */
  checksGlobalFlags: boolean;
  /** Conflicts between flags are usage errors. */
  checksFlagConflicts: boolean;
  relativeHomeExit: 1 | 2;
  /** `?stdin=0` makes an attach read-only. */
  readOnlyAttach: boolean;
  /** `auto_resume` and the deadlines are acted on. */
  deadlines: boolean;
  /** A non-loopback `--host` needs a key; older servers bind to every interface by default. */
  loopbackOnly: boolean;
  /** Host paths in a create body: refused, or accepted and dropped. */
  restVolumes: 'refused' | 'dropped';
  /** Path segments accepted in front of `boxes`. */
  prefixes: readonly string[];
}

const current: Profile = {
  name: '0.10.7',
  version: '0.10.7',
  checksGlobalFlags: true,
  checksFlagConflicts: true,
  relativeHomeExit: 2,
  readOnlyAttach: true,
  deadlines: true,
  loopbackOnly: true,
  restVolumes: 'refused',
  prefixes: [],
};

const older: Profile = {
  ...current,
  name: '0.10.0',
  version: '0.10.0',
  checksGlobalFlags: false,
  checksFlagConflicts: false,
  relativeHomeExit: 1,
  readOnlyAttach: false,
  deadlines: false,
  loopbackOnly: false,
};

const profiles: Record<ProfileName, Profile> = {
  // What they add is not played yet.
  '0.11.0': { ...current, name: '0.11.0', version: '0.11.0' },
  '0.10.8': { ...current, name: '0.10.8', version: '0.10.8' },
  '0.10.7': current,
  '0.10.0': older,
  'june-2026': {
    ...older,
    name: 'june-2026',
    version: '0.9.7',
    restVolumes: 'dropped',
    prefixes: ['default'],
  },
};

/**
 * The profile named by `BOXLITE_REF_PROFILE`, 0.10.7 without it.
 * @throws Error that lists the known names.
 */
function readProfile(env: NodeJS.ProcessEnv = process.env): Profile {
  const name = env.BOXLITE_REF_PROFILE || '0.10.7';
  if (Object.hasOwn(profiles, name)) return profiles[name as ProfileName];
  throw new Error(`BOXLITE_REF_PROFILE is "${name}"; known are ${Object.keys(profiles).join(', ')}`);
}

/** The profile of this process. */
export const profile: Profile = readProfile();

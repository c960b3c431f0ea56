/** Which BoxLite this runtime plays. */
type ProfileName = '0.11.0' | '0.10.8' | '0.10.7' | '0.10.0';

/** What differs between the generations, one switch a difference (contract 10). */
export interface Profile {
  name: ProfileName;
  /** `?stdin=0` makes an attach read-only. */
  readOnlyAttach: boolean;
  /** `auto_delete` is acted on. */
  deadlines: boolean;
  /** A non-loopback `--host` needs a key; older servers bind to every interface by default. */
  loopbackOnly: boolean;
}

const current: Profile = { name: '0.10.7', readOnlyAttach: true, deadlines: true, loopbackOnly: true };

const profiles: Record<ProfileName, Profile> = {
  // What they add is not played yet.
  '0.11.0': { ...current, name: '0.11.0' },
  '0.10.8': { ...current, name: '0.10.8' },
  '0.10.7': current,
  '0.10.0': { name: '0.10.0', readOnlyAttach: false, deadlines: false, loopbackOnly: false },
};

/**
 * The profile named by `BOXLITE_REF_PROFILE`, 0.10.7 without it.
 * @throws Error that lists the known names.
 */
function readProfile(): Profile {
  const name = process.env.BOXLITE_REF_PROFILE || '0.10.7';
  if (Object.hasOwn(profiles, name)) return profiles[name as ProfileName];
  throw new Error(`BOXLITE_REF_PROFILE is "${name}"; known are ${Object.keys(profiles).join(', ')}`);
}

/** The profile of this process. */
export const profile: Profile = readProfile();

/** What differs between the versions of BoxLite, one switch a difference (contract 10). */
interface Profile {
  /** `?stdin=0` makes an attach read-only. */
  readOnlyAttach: boolean;
  /** `auto_delete` is acted on. */
  deadlines: boolean;
  /** An execution may have a user of its own over REST. */
  execUser: boolean;
  /** A number of processors outside 1 to 16 is refused. */
  cpusChecked: boolean;
  /** The network policy of a box is shown. */
  networkShown: boolean;
  /** Its rules are checked, and it can be changed while the box runs. */
  policies: boolean;
}

const newest: Profile = {
  readOnlyAttach: true,
  deadlines: true,
  execUser: true,
  cpusChecked: true,
  networkShown: true,
  policies: true,
};
const before11: Profile = { ...newest, execUser: false, cpusChecked: false };

const profiles: Record<string, Profile> = {
  // What they add is not played yet.
  '0.11.0': newest,
  '0.10.8': before11,
  '0.10.7': { ...before11, networkShown: false, policies: false },
  '0.10.0': { ...before11, networkShown: false, policies: false, readOnlyAttach: false, deadlines: false },
};

/**
 * The profile named by `BOXLITE_REF_PROFILE`, the newest without it.
 * @throws Error that lists the known names.
 */
function readProfile(): Profile & { name: string } {
  const name = process.env.BOXLITE_REF_PROFILE || '0.11.0';
  const found = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (found) return { name, ...found };
  throw new Error(`BOXLITE_REF_PROFILE is "${name}"; known are ${Object.keys(profiles).join(', ')}`);
}

/** The profile of this process. */
export const profile = readProfile();

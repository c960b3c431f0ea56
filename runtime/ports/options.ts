/** TargetOptions hold what the command line says about targets, already parsed. */
export interface TargetOptions {
  /** `boxlite` binary for host, external and for `--url` steps. */
  boxlite?: string;
  /** external: server to use. */
  url?: string;
  apiKey?: string;
  pathPrefix?: string;
  /** external: home of the local CLI. */
  home?: string;
  /** external: image or rootfs directory boxes are made from. */
  image?: string;
  rootfs?: string;
  /** lab: BoxLite version. */
  version?: string;
  /** reference: names of seeded defects to switch on. */
  defects?: string[];
  /** reference: directory in which it notes the sites of defects that it comes past; none of them does anything. */
  defectTrace?: string;
  /**
   * reference: processes that stay serve the calls of its CLI. Several times quicker; what only the end of a
   * process does is then played by closing what the call has opened.
   */
  resident?: boolean;
  /** Where long-lived state is kept; default `$XDG_CACHE_HOME/boxcheck`. */
  cacheDir?: string;
}

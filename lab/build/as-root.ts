/**
 * The command in which files keep the owners a root filesystem needs: as it is for root, for anybody else in a
 * user namespace (needs a range in /etc/subuid, as mmdebstrap does).
 */
export function asRoot(argv: readonly string[], uid: number = process.getuid?.() ?? 0): string[] {
  return uid === 0 ? [...argv] : ['unshare', '--map-root-user', '--map-auto', '--', ...argv];
}

const units: Record<string, number> = { '': 1_000, s: 1_000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `N`, `Ns`, `Nm` or `Nh`; nonsense means the default (contract 5.4). */
export function readGrace(value: string | undefined, otherwiseMs: number): number {
  const match = /^(\d+)([smh]?)$/.exec(value?.trim() ?? '');
  return match ? Number(match[1]) * (units[match[2] ?? ''] ?? 1_000) : otherwiseMs;
}

const { BOXLITE_RECONNECT_GRACE, BOXLITE_SHUTDOWN_GRACE, BOXLITE_MAX_SESSION_LIFETIME } = process.env;

/** Patience of the reaper. */
export const graceMs = {
  reconnectMs: readGrace(BOXLITE_RECONNECT_GRACE, 300_000),
  shutdownMs: readGrace(BOXLITE_SHUTDOWN_GRACE, 30_000),
  lifetimeMs: readGrace(BOXLITE_MAX_SESSION_LIFETIME, 24 * 3_600_000),
};

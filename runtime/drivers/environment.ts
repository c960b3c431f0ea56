/** What a CLI process may inherit: nothing that configures BoxLite, its logging or node. */
const INHERITED = [
  ...['PATH', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'TMPDIR', 'USER', 'LOGNAME', 'LD_LIBRARY_PATH'],
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'],
  ...['http_proxy', 'https_proxy', 'all_proxy'],
];

/** A proxy must never come between a client and a server on this machine. */
const DIRECT = 'localhost,127.0.0.1,::1';

/**
 * Gives the environment of a CLI process: a short list of inherited variables, then what the caller adds. Left out are
 * all `BOXLITE_*`, `RUST_LOG` and `NODE_*`, so that the machine's profile cannot change an answer (contract 1.2).
 * `HOME` is the caller's business; without it `fallbackHome` is used, never the user's own.
 */
export function cleanEnvironment(
  from: Readonly<Record<string, string | undefined>>,
  added: Readonly<Record<string, string>>,
  fallbackHome: string,
): Record<string, string> {
  const kept = INHERITED.flatMap((name) => {
    const value = from[name];
    return value === undefined ? [] : [[name, value]];
  });
  const direct = [from.NO_PROXY ?? from.no_proxy, DIRECT].filter(Boolean).join(',');
  return { ...Object.fromEntries(kept), NO_PROXY: direct, no_proxy: direct, HOME: fallbackHome, ...added };
}

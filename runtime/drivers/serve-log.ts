/** Bytes of log kept in memory for one server. */
const LIMIT_BYTES = 2 * 1024 * 1024;

/** A ServeLog says what a process on this machine has logged, the latest part of it. */
export interface ServeLog {
  add(text: string): void;
  /** What was logged at or after a time (ms since epoch). */
  since(ms: number): string;
}

/** Makes an empty log. */
export function serveLog(): ServeLog {
  const parts: { at: number; text: string }[] = [];
  let sizeBytes = 0;
  return {
    add: (text) => {
      parts.push({ at: Date.now(), text });
      sizeBytes += text.length;
      while (sizeBytes > LIMIT_BYTES && parts.length > 1) sizeBytes -= parts.shift()?.text.length ?? 0;
    },
    since: (ms) => {
      const kept = parts.filter((part) => part.at >= ms);
      return kept.map((part) => part.text).join('');
    },
  };
}

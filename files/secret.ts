/** Shorter ones are not told from other text; `--api-key` does not take them. */
const SHORTEST = 6;

const secrets = new Set<string>();

/** Remembers a key or password: {@link withoutKeys} leaves it out from now on, also as a part of a URL. */
export function keepSecret(secret: string): void {
  if (secret.length < SHORTEST) return;
  for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
    secrets.add(form);
}

/** Gives a text as it may be written anywhere: a server may have echoed the key that it was given. */
export function withoutKeys(text: string): string {
  let clean = text;
  for (const secret of secrets) clean = clean.replaceAll(secret, '(key)');
  return clean;
}

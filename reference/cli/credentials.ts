import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A server that was stored under a profile's name. */
export interface StoredServer {
  url?: string;
  apiKey?: string;
}

/**
 * The server a profile of `<home>/credentials.toml` names; undefined without a file or such a profile. Only
 * the two keys this runtime uses are understood.
 */
export function storedServer(home: string, profileName = 'default'): StoredServer | undefined {
  const sections = readSections(join(home, 'credentials.toml'));
  return sections.get(profileName) ?? sections.get(`profiles.${profileName}`);
}

function readSections(file: string): Map<string, StoredServer> {
  const sections = new Map<string, StoredServer>();
  let current: StoredServer = {};
  for (const line of readLines(file)) {
    const header = /^\s*\[(.+)\]\s*$/.exec(line);
    if (header?.[1]) {
      current = {};
      sections.set(header[1], current);
    }
    const pair = /^\s*(url|api_key)\s*=\s*"(.*)"\s*$/.exec(line);
    if (pair?.[1] === 'url' && pair[2]) current.url = pair[2];
    if (pair?.[1] === 'api_key' && pair[2]) current.apiKey = pair[2];
  }
  return sections;
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

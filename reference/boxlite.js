#!/usr/bin/env node
// Plain JavaScript on purpose: the entry file is the one module that cannot come out of the compile cache,
// and loading the TypeScript stripper for it would double the time of every call.
import { lstatSync, mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { userInfo } from 'node:os';
import { join } from 'node:path';

if (!process.env.NODE_COMPILE_CACHE) cacheCode();
const { main } = await import('./cli/main.ts');
const code = await main(process.argv.slice(2));
process.exit(code);

/**
 * Keeps compiled code where nobody else can prepare it, and not below HOME: that of a call may be anybody's. The
 * hypervisor's daemon, which inherits the variable, keeps its own there too.
 */
function cacheCode() {
  try {
    const { homedir, uid } = userInfo();
    const cache = join(homedir, '.cache', 'boxcheck', 'compile');
    mkdirSync(cache, { recursive: true, mode: 0o700 });
    const found = lstatSync(cache);
    if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o077) !== 0) return;
    enableCompileCache(cache);
    process.env.NODE_COMPILE_CACHE = cache;
  } catch {
    // Without it a call is slower, and that is all.
  }
}

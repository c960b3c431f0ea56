#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { compileCache } from '../files/compile-cache.ts';
import { defaultCacheDir } from '../lab/paths.ts';

// A campaign keeps little and throws away much, slowly: left alone, V8 lets the heap grow to several times what is in
// use before it collects. This makes it collect sooner; what it costs is in docs/measurements.md.
setFlagsFromString('--optimize-for-size');
const cache = compileCache(defaultCacheDir());
if (cache !== null) enableCompileCache(cache);
const { main } = await import('./cli/main.ts');
await main(process.argv);

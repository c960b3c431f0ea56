#!/usr/bin/env node
// Plain JavaScript on purpose: the entry file is the one module that cannot come out of the compile cache,
// and loading the TypeScript stripper for it would double the time of every call.
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { main } = await import('./cli/main.ts');
const code = await main(process.argv.slice(2));
process.exit(code);

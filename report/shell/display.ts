import type { Program } from '../../program/program.ts';
import { castOf } from './cast.ts';
import { renderStep } from './render.ts';
import { imageText } from './steps/image.ts';

/** The calls a maintainer knows by these first words; all else a script needs is left out. */
const calls = /^\s*(?:cli|url|rest|rest_json|attach|collect|order|leave|look) /u;
const LONGEST = 600;

/** A program as numbered commands for people: what `repro.sh` does, without its machinery. */
export function displayCommands(program: Program): string[] {
  const cast = castOf(program);
  return program.steps.flatMap((step, i) => {
    const lines = renderStep(step, cast).filter((line) => calls.test(line));
    const shown = lines.length > 0 ? lines.map(readable) : [step.op];
    return shown.map((line, j) => `${j === 0 ? `${i + 1}.`.padEnd(4) : '    '}${line}`);
  });
}

function readable(line: string): string {
  const text = line
    .trim()
    .replace(imageText, 'IMAGE')
    .replaceAll(/'"(\$\w+)"'/gu, '$1')
    .replace(/^cli /u, 'boxlite ')
    .replace(/^url /u, 'boxlite --url URL ')
    .replace(/^rest(?:_json)? ([A-Z]+) "?([^" ]*)"?/u, (_, method, path) => `${method} /v1/boxes${path}`)
    .replace(/^collect "?([^" ]*)"?.*$/u, (_, path) => `WebSocket /v1/boxes${path}, to its end`)
    .replace(/^attach (\w+) /u, 'WebSocket as $1: /v1/boxes');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

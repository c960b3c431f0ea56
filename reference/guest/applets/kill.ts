import type { Bytes } from '../bytes.ts';
import { signalName, signalNumber, TERM } from '../signals.ts';
import { type Call, complain, print } from './applet.ts';

/** `kill [-s SIGNAL | -SIGNAL] PID…`, `kill -l`. */
export async function kill(call: Call): Promise<number> {
  const [first = '', ...rest] = call.args;
  if (first === '-l') return list(call, rest);
  const { name, pids } = split(first, rest);
  const signal = signalNumber(name);
  if (signal === null) return complain(call, `bad signal name '${name}'`);
  if (pids.length === 0) return complain(call, 'you need to specify whom to kill');
  let code = 0;
  for (const pid of pids)
    if (!send(call, pid, signal)) code = await complain(call, `can't kill pid ${pid}: No such process`);
  call.by.check();
  return code;
}

function split(first: Bytes, rest: Bytes[]): { name: Bytes; pids: Bytes[] } {
  if (first === '-s') return { name: rest[0] ?? '', pids: rest.slice(1) };
  if (first === '--') return { name: String(TERM), pids: rest };
  if (first.startsWith('-')) return { name: first.slice(1), pids: rest[0] === '--' ? rest.slice(1) : rest };
  return { name: String(TERM), pids: [first, ...rest].filter((pid) => pid !== '') };
}

/** A negative number is a session, -1 everybody but PID 1 and the sender. */
function send(call: Call, pid: Bytes, signal: number): boolean {
  const { kernel } = call.by;
  if (!/^-?\d+$/.test(pid)) return false;
  const number = Number(pid);
  const targets = [...kernel.processes.values()].filter((process) => {
    if (number > 0) return process.pid === number;
    if (number === -1) return process.pid !== 1 && process !== call.by;
    return process.session === (number === 0 ? call.by.session : -number);
  });
  for (const target of targets) target.signal(signal);
  return targets.length > 0;
}

async function list(call: Call, numbers: Bytes[]): Promise<number> {
  if (numbers.length > 0) {
    for (const text of numbers) await print(call, `${signalName(Number(text) & 127)}\n`);
    return 0;
  }
  const names = Array.from({ length: 31 }, (_, index) => `${index + 1}) ${signalName(index + 1)}\n`);
  await print(call, names.join(''));
  return 0;
}

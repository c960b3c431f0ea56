import { INT } from '../signals.ts';
import { type Body, Complaint } from './call.ts';
import { type Workload, workloads } from './workloads.ts';

/**
 * How the script of the suite's workloads begins. Nothing else of it is looked at: the guest knows them by name
 * and plays them in its own code, as the contract with whoever sends it says what each does.
 */
const marker = '# boxcheck work 1:';

/** Gives what `sh ARGS…` does in this guest. */
export function shellOf(args: readonly string[]): Body {
  if (args.length === 0) return silent;
  const [option, script = '', , ...words] = args;
  if (option !== '-c' || !script.startsWith(marker)) return refused;
  const isMain = words[0] === 'main';
  const [name = '', ...values] = isMain ? words.slice(1) : words;
  const workload = Object.hasOwn(workloads, name) ? workloads[name] : undefined;
  return played(workload ?? unknown(name), values, isMain);
}

/** A shell on an open stdin, the default command of the image: its commands are not read, only its end. */
const silent: Body = async ({ by }) => {
  while ((await by.read()) !== null) {
    // Nobody types here.
  }
  return 0;
};

const refused: Body = async () => {
  throw new Complaint('sh: this guest has no shell, it only plays the workloads of boxcheck', 127);
};

const unknown =
  (name: string): Workload =>
  () => {
    throw new Complaint(`work: there is no workload named ${name}`, 64);
  };

/**
 * A shell given its script handles an interrupt: it ends itself by the signal. For PID 1 that signal is dropped,
 * and the shell exits with 130 instead (contract 2.2).
 */
const played =
  (workload: Workload, values: string[], isMain: boolean): Body =>
  async (call) => {
    const { by } = call;
    by.handlers.set(INT, () => by.end(by.isInit ? 130 : -INT));
    if (isMain) countRun(call);
    return workload(call, ...values);
  };

function countRun({ files, sync }: Parameters<Body>[0]): void {
  const path = '/root/runs';
  const before = files.look('/', path) ? files.read('/', path) : '';
  files.write('/', path, Buffer.from(`${before}r\n`));
  sync();
}

import { type Bytes, fromBuffer, toBuffer } from '../../../domain/bytes.ts';
import { InfrastructureError } from '../../../domain/infrastructure-error.ts';
import { localLaunch } from '../../drivers/launch.ts';
import type { Host } from '../../ports/session.ts';
import { tcpScript } from './tcp-script.ts';

/** Runs a helper program on the machine of a target. */
export type Tcp = (
  argv: readonly [string, ...string[]],
  stdin: Buffer,
) => Promise<{ exit: number | null; out: Buffer; err: Buffer }>;

const CALL_MS = 60_000;
/** What the script ends with where nobody listens, or somebody does already. */
const NOT_SO = 3;

/** Runs it on this machine, with nothing of the caller's environment by which a runtime's processes are told. */
export const localTcp: Tcp = async ([file, ...args], stdin) => {
  const launch = localLaunch({ file });
  const { exit, out, err } = await launch(args, { timeoutMs: CALL_MS, stdin: fromBuffer(stdin) });
  return { exit, out: toBuffer(out), err: toBuffer(err) };
};

/** Makes a machine's ports those of a program; `dispose` gives back what was taken. */
export function hostPorts(
  tcp: Tcp,
): Pick<Host, 'port' | 'connect' | 'listen' | 'echo'> & { dispose(): Promise<void> } {
  const known = new Map<number, Promise<number>>();
  const holders: string[] = [];
  let echoing: Promise<number> | undefined;
  /** null: it is not so. Whatever else goes wrong is the machine's fault. */
  const run = async (args: readonly (string | number)[], data: Bytes = ''): Promise<Buffer | null> => {
    const { exit, out, err } = await tcp(['perl', '-e', tcpScript, ...args.map(String)], toBuffer(data));
    if (exit === 0) return out;
    if (exit === NOT_SO) return null;
    const why = err.toString().trim() || 'not even a listener of our own';
    throw new InfrastructureError(`ports of the machine cannot be used (perl ended with ${exit}): ${why}`);
  };
  const port = (symbol: number): Promise<number> => {
    // Two symbols are two ports.
    const others = [...known.values()];
    const found = known.get(symbol) ?? run(['free']).then((out) => Number(out));
    known.set(symbol, found);
    return Promise.all([found, ...others]).then(([one, ...rest]) => {
      if (!rest.includes(one) || known.get(symbol) !== found || others.includes(found)) return one;
      known.delete(symbol);
      return port(symbol);
    });
  };
  return {
    port,
    connect: async (symbol, data, count, waitS) => {
      const out = await run(['connect', await port(symbol), count, waitS], data);
      return out && fromBuffer(out);
    },
    listen: async (symbol) => {
      const out = await run(['hold', await port(symbol)]);
      if (out) holders.push(out.toString().trim());
      return out !== null;
    },
    echo: () => {
      echoing ??= run(['echo', 0]).then((out) => {
        const [pid = '', port] = `${out}`.trim().split(' ');
        holders.push(pid);
        return Number(port);
      });
      return echoing;
    },
    dispose: async () => {
      if (holders.length > 0) await tcp(['kill', ...holders.splice(0)], Buffer.alloc(0));
    },
  };
}

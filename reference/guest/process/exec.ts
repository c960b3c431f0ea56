import { applets } from '../applets/table.ts';
import { type Bytes, bufferOf } from '../bytes.ts';
import { baseName } from '../disk/path.ts';
import { Errno } from '../errno.ts';
import type { GuestProcess } from './process.ts';
import { imageOf } from './program.ts';

const deepestInterpreter = 4;

/**
 * Replaces what a process runs, as execve does, and runs it to its end.
 * @param path an executable file, already found.
 * @returns its exit code.
 */
export async function exec(by: GuestProcess, path: Bytes, argv: Bytes[], depth = 0): Promise<number> {
  by.forgetHandlers();
  by.argv = argv;
  const image = imageOf(by.kernel.vfs.node(by.cwd, path));
  if (image.is === 'applet') return runApplet(by, baseName(argv[0] ?? path), argv.slice(1));
  if (image.is === 'text') return runApplet(by, 'sh', [path, ...argv.slice(1)]);
  const [interpreter = '', ...options] = image.interpreter;
  if (depth >= deepestInterpreter || !by.kernel.vfs.find(by.cwd, interpreter)) throw new Errno('ENOENT');
  return exec(by, interpreter, [interpreter, ...options, path, ...argv.slice(1)], depth + 1);
}

async function runApplet(by: GuestProcess, name: Bytes, args: Bytes[]): Promise<number> {
  if (name === 'busybox') return args[0] === undefined ? 0 : runApplet(by, args[0], args.slice(1));
  const applet = Object.hasOwn(applets, name) ? applets[name] : undefined;
  if (!applet) return complain(by, `${name}: applet not found`, 127);
  try {
    await by.pause();
    return await applet({ by, name, args });
  } catch (error) {
    if (error instanceof Errno) return complain(by, `${name}: ${error.message}`, 1);
    throw error;
  }
}

async function complain(by: GuestProcess, text: Bytes, code: number): Promise<number> {
  await by.write(2, bufferOf(`${text}\n`)).catch(ignoreErrno);
  return code;
}

/** A closed or broken stderr is no reason to fail. */
function ignoreErrno(error: unknown): void {
  if (!(error instanceof Errno)) throw error;
}

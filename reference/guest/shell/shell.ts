import type { Bytes } from '../bytes.ts';
import type { GuestProcess } from '../process/process.ts';
import type { Names } from './arithmetic.ts';
import type { Node } from './ast.ts';
import { ShellFault } from './control.ts';
import { capture } from './fork.ts';
import { glob } from './glob.ts';
import { Traps } from './traps.ts';

export interface Variable {
  value: Bytes | undefined;
  exported: boolean;
  readonly: boolean;
}

/** State of one shell: what a subshell gets a copy of. */
export class Shell {
  readonly by: GuestProcess;
  /** `$0`. */
  name: Bytes = 'sh';
  args: Bytes[] = [];
  /** `$?`. */
  status = 0;
  /** `$$`: also in a subshell the pid of the first shell. */
  mainPid: number;
  lastBackground: number | null = null;
  variables = new Map<Bytes, Variable>();
  functions = new Map<Bytes, Node>();
  options = new Set<string>();
  readonly traps: Traps;
  jobs: GuestProcess[] = [];
  /** Loops around the command being run, which break and continue may leave. */
  loops = 0;
  calls = 0;
  /** Above 0 a failing command does not end the shell under `set -e`: it is being tested. */
  tested = 0;
  /** Saved variables of each function being run. */
  readonly locals: Map<Bytes, Variable | undefined>[] = [];
  /** Status of the last `$(…)`, which is that of a command that has only assignments. */
  lastCapture = 0;
  readonly names: Names = {
    get: (name) => this.get(name) ?? '',
    set: (name, value) => this.set(name, value),
  };

  constructor(by: GuestProcess) {
    this.by = by;
    this.mainPid = by.pid;
    this.traps = new Traps(by);
    for (const [name, value] of by.env) {
      if (/^[A-Za-z_]\w*$/.test(name)) this.variables.set(name, { value, exported: true, readonly: false });
    }
  }

  /** A copy for a subshell running as another process. */
  copy(by: GuestProcess): Shell {
    const copy = new Shell(by);
    copy.name = this.name;
    copy.args = this.args;
    copy.status = this.status;
    copy.mainPid = this.mainPid;
    copy.lastBackground = this.lastBackground;
    copy.functions = new Map(this.functions);
    copy.options = new Set(this.options);
    copy.loops = this.loops;
    copy.calls = this.calls;
    copy.tested = this.tested;
    copy.variables = new Map([...this.variables].map(([name, variable]) => [name, { ...variable }]));
    return copy;
  }

  get separators(): Bytes {
    return this.variables.get('IFS')?.value ?? ' \t\n';
  }

  /** Value of a variable, positional or special parameter; undefined when it is not set. */
  get(name: Bytes): Bytes | undefined {
    if (/^\d+$/.test(name)) return name === '0' ? this.name : this.args[Number(name) - 1];
    switch (name) {
      case '?':
        return String(this.status);
      case '$':
        return String(this.mainPid);
      case '#':
        return String(this.args.length);
      case '!':
        return this.lastBackground === null ? undefined : String(this.lastBackground);
      case '-':
        return [...this.options].join('');
      case 'PPID':
        return String(this.by.ppid);
      default:
        return this.variables.get(name)?.value;
    }
  }

  /** Sets a variable. Gives the value. @throws ShellFault when it is read-only. */
  set(name: Bytes, value: Bytes): Bytes {
    const variable = this.variables.get(name);
    if (variable?.readonly) throw new ShellFault(`${name}: is read only`);
    if (variable) variable.value = value;
    else this.variables.set(name, { value, exported: this.options.has('a'), readonly: false });
    return value;
  }

  /** What a command started now finds in its environment. */
  environment(): Map<Bytes, Bytes> {
    const environment = new Map<Bytes, Bytes>();
    for (const [name, { value, exported }] of this.variables) {
      if (exported && value !== undefined) environment.set(name, value);
    }
    return environment;
  }

  glob(pattern: Bytes): Bytes[] {
    return glob(this.by.kernel.vfs, this.by.cwd, pattern);
  }

  /** Output of commands, without the newlines at its end. */
  capture(body: Node): Promise<Bytes> {
    return capture(this, body);
  }

  /** A line on stderr, with the name scripts expect in front. */
  async complain(text: Bytes): Promise<void> {
    await this.by
      .write(2, Buffer.from(`${this.name.split('/').at(-1)}: ${text}\n`, 'latin1'))
      .catch(() => this.by.check());
  }
}

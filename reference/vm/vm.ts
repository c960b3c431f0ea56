import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshDisk } from '../guest/disk/image.ts';
import { directory } from '../guest/disk/inode.ts';
import { diskFile, loadDisk, saveDisk } from '../guest/disk/persist.ts';
import type { Execution } from '../guest/execution.ts';
import type { Hooks } from '../guest/hooks.ts';
import { Machine } from '../guest/machine.ts';
import type { BootSpec, ProcessSpec } from './port.ts';
import { startVmProcess, type VmProcess } from './vm-process.ts';

/** The recorded code of a run, below the box's directory: a decimal, n or 128+k (contract 3.3). */
export const exitFile = 'exit';
const tmpFile = 'tmp.img';

export interface VmOptions {
  home: string;
  speed: number;
  defect: Hooks;
}

export type VmEnd = { code: number | null; crashed: boolean };

/** One running VM: a guest, the host process that stands for it, and what it leaves below the box's directory. */
export class Vm {
  readonly spec: BootSpec;
  readonly bootId: string;
  readonly off: Promise<VmEnd>;
  #isOff = false;
  #stopping = false;
  #goingDown = false;
  readonly #options: VmOptions;
  readonly #machine: Machine;
  readonly #hosts: VmProcess[] = [];
  #end: (end: VmEnd) => void = () => {};
  #savedChanges = -1;

  private constructor(spec: BootSpec, options: VmOptions) {
    const { defect } = options;
    this.spec = spec;
    this.#options = options;
    this.bootId = defect('boot-id-kept') ? fixedBootId(spec.box) : randomUUID();
    this.off = new Promise((resolve) => {
      this.#end = resolve;
    });
    const known = loadDisk(spec.dir, diskFile);
    this.#machine = new Machine({
      hostname: spec.box,
      bootId: this.bootId,
      disk: known ?? freshDisk(spec.box),
      tmp: (defect('tmp-persisted') && loadDisk(spec.dir, tmpFile)) || directory(0o1777),
      mounts: known && defect('mounts-lost-on-second-boot') ? [] : spec.mounts,
      speed: options.speed,
      save: () => this.#save(defect('sync-lost')),
      defect,
    });
    // A first boot leaves a disk, so that the next one knows it is not the first.
    if (!known) this.#save(false);
  }

  /** @throws Error when a mount's source is missing, the disk is damaged or the host is out of processes. */
  static async boot(spec: BootSpec, options: VmOptions): Promise<Vm> {
    const vm = new Vm(spec, options);
    const start = () => startVmProcess(spec.box, options.home, () => vm.#crash());
    vm.#hosts.push(await start());
    if (options.defect('double-boot')) await start();
    // A disk that cannot be written is a VM that died.
    void vm.#machine.down.then(() => vm.#powerOff()).catch(() => vm.#crash());
    return vm;
  }

  get pid(): number {
    return this.#hosts[0]?.pid ?? 0;
  }

  get isOff(): boolean {
    return this.#isOff;
  }

  /** Whether it is off or on its way. */
  get isEnding(): boolean {
    if (this.#stopping || this.#goingDown || this.#isOff) return true;
    return !this.#machine.staysOn && Boolean(this.#machine.init?.ended);
  }

  get init(): Execution | null {
    return this.#machine.init;
  }

  get machine(): Machine {
    return this.#machine;
  }

  /** Puts a process in. @throws SpawnError. */
  start(id: string, spec: ProcessSpec): Execution {
    if (this.isEnding) throw new Error('no such vm');
    const execution = this.#machine.start(id, spec);
    if (spec.init) {
      rmSync(join(this.spec.dir, exitFile), { force: true });
      if (!this.#machine.staysOn) execution.holdEnd(this.off);
    }
    return execution;
  }

  /** TERM, then KILL after the grace; resolves when it is off. */
  stop(): Promise<VmEnd> {
    this.#stopping = true;
    if (!this.#isOff) void this.#machine.stop();
    return this.off;
  }

  /** The host process is killed: the guest's power is cut, nothing is recorded. */
  async kill(): Promise<void> {
    this.#crash();
    await this.off;
  }

  #crash(): void {
    if (this.#isOff) return;
    this.#isOff = true;
    this.#machine.crash();
    void this.#endHosts().then(() => this.#end({ code: null, crashed: true }));
  }

  async #powerOff(): Promise<void> {
    if (this.#isOff || this.#goingDown) return;
    this.#goingDown = true;
    const code = this.#toldCode();
    this.#save(this.#options.defect('disk-not-persisted'));
    if (this.#options.defect('tmp-persisted')) this.#saveTmp();
    this.#record(code);
    await this.#endHosts();
    if (this.#isOff) return;
    this.#isOff = true;
    this.#end({ code, crashed: false });
  }

  async #endHosts(): Promise<void> {
    if (this.#options.defect('vm-process-left')) return;
    await Promise.all(this.#hosts.map((host) => host.end()));
  }

  #save(skip: boolean): void {
    const { disk } = this.#machine;
    if (skip || disk.changes === this.#savedChanges) return;
    saveDisk(this.spec.dir, diskFile, disk.tree);
    this.#savedChanges = disk.changes;
  }

  #saveTmp(): void {
    const volume = this.#machine.kernel.vfs.mounts.get('/tmp')?.volume;
    if (volume && 'tree' in volume)
      saveDisk(this.spec.dir, tmpFile, volume.tree as ReturnType<typeof directory>);
  }

  /** The code of the main command, for the record and for whoever is connected. */
  #toldCode(): number | null {
    const { defect } = this.#options;
    const code = codeOf(this.#machine.init);
    if (code === null || this.spec.owner !== 'detached') return code;
    if (defect('exit-not-recorded')) return null;
    return defect('exit-recorded-zero') ? 0 : code;
  }

  #record(code: number | null): void {
    if (code === null) return;
    try {
      writeFileSync(join(this.spec.dir, exitFile), String(code));
    } catch (error) {
      // A box directory removed under the VM is no reason to keep it.
      if ((error as { code?: string }).code !== 'ENOENT') throw error;
    }
  }
}

/** As recorded: 128+k for a signal; null where no main command was started. */
function codeOf(init: Execution | null): number | null {
  const ended = init?.ended;
  if (!ended) return null;
  return ended.code < 0 ? 128 - ended.code : ended.code;
}

const fixedBootId = (box: string): string =>
  `${Buffer.from(box.padEnd(16, '0')).toString('hex').slice(0, 32)}`.replace(
    /^(.{8})(.{4})(.{4})(.{4})(.{12}).*/,
    '$1-$2-$3-$4-$5',
  );

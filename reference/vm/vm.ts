import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { defect } from '../defects/switch.ts';
import {
  type DirectoryInode,
  directory,
  diskFile,
  freshDisk,
  loadDisk,
  saveDisk,
} from '../guest/disk/disk.ts';
import { Machine } from '../guest/machine.ts';
import type { GuestProcess } from '../guest/process.ts';
import { replaceFile } from '../home/home.ts';
import type { BootSpec, ProcessSpec } from './port.ts';
import { type Published, publish } from './publish.ts';
import { startVmProcess, type VmProcess } from './vm-process.ts';

/** The recorded code of a run, below the box's directory: a decimal, n or 128+k (contract 3.3). */
const exitFile = 'exit';
const tmpFile = 'tmp.img';
/** What `logs` shows (contract 13). */
const consoleName = 'console.log';

/** What the seeded defect that loses large files takes for large. */
const largeBytes = 64 * 1024;

function loseLarge({ entries }: DirectoryInode): void {
  for (const inode of entries.values()) {
    if (inode.kind === 'directory') loseLarge(inode);
    else if (inode.data.length > largeBytes && defect('large-file-lost')) inode.data = Buffer.alloc(0);
  }
}

/** One running VM: a guest, the host process that stands for it, and what it leaves below the box's directory. */
export class Vm {
  readonly spec: BootSpec;
  /** The code of the main command; null: unknown. */
  readonly off: Promise<number | null>;
  readonly machine: Machine;
  isOff = false;
  #stopping = false;
  #goingDown = false;
  readonly #tmp: DirectoryInode;
  readonly #hosts: VmProcess[] = [];
  #published: Published | null = null;
  readonly #end: (code: number | null) => void;
  #savedChanges = -1;

  private constructor(spec: BootSpec) {
    this.spec = spec;
    const off = Promise.withResolvers<number | null>();
    this.off = off.promise;
    this.#end = off.resolve;
    const known = loadDisk(spec.dir, diskFile);
    if (known) loseLarge(known);
    this.#tmp = (defect('tmp-kept-between-runs') && loadDisk(spec.dir, tmpFile)) || directory({}, 0o1777);
    this.machine = new Machine({
      bootId: defect('boot-id-kept') ? spec.box : randomUUID(),
      disk: known ?? freshDisk(spec.box),
      tmp: this.#tmp,
      mounts: spec.mounts,
      hardware: spec.hardware,
      sync: () => this.#save(defect('synced-file-lost')),
    });
    this.#log('booting', 'mounting the root disk', 'starting the agent', 'ready');
    // A first boot leaves a disk, so that the next one knows it is not the first.
    if (!known) this.#save(false);
  }

  /** @throws Error when a mount's source is missing, the disk is damaged or the host is out of processes. */
  static async boot(spec: BootSpec, home: string): Promise<Vm> {
    const vm = new Vm(spec);
    vm.#published = await publish(spec.ports ?? [], (port) => vm.machine.services.has(port));
    const start = () => startVmProcess(spec.box, home, () => vm.#crash());
    try {
      vm.#hosts.push(await start());
    } catch (error) {
      vm.#published.close();
      throw error;
    }
    if (defect('double-boot')) await start();
    // A disk that cannot be written is a VM that died.
    void vm.machine.down.then(() => vm.#powerOff()).catch(() => vm.#crash());
    return vm;
  }

  get pid(): number {
    return this.#hosts[0]?.pid ?? 0;
  }

  /** Whether it is off or on its way. */
  get isEnding(): boolean {
    if (this.#stopping || this.#goingDown || this.isOff) return true;
    return !this.machine.staysOn && Boolean(this.machine.init?.ended);
  }

  /** Puts a process in. @throws SpawnError. */
  start(id: string, spec: ProcessSpec): GuestProcess {
    if (this.isEnding) throw new Error('no such vm');
    const process = this.machine.start(id, spec);
    if (spec.init) {
      rmSync(join(this.spec.dir, exitFile), { force: true });
      if (!this.machine.staysOn) process.holdEnd(this.off);
    }
    return process;
  }

  /** Writes out what the disk holds by now. */
  flush(): void {
    this.#save(false);
  }

  /** TERM, then KILL after the grace; resolves when it is off. */
  stop(): Promise<number | null> {
    this.#stopping = true;
    if (!this.isOff) void this.machine.stop();
    return this.off;
  }

  /** The host process is killed: the guest's power is cut, nothing is recorded. */
  async kill(): Promise<void> {
    this.#crash();
    await this.off;
  }

  #crash(): void {
    if (this.isOff) return;
    this.isOff = true;
    this.machine.crash();
    void this.#endHosts().then(() => this.#end(null));
  }

  async #powerOff(): Promise<void> {
    if (this.isOff || this.#goingDown) return;
    this.#goingDown = true;
    const code = this.#toldCode();
    this.#log('powering off');
    this.#save(defect('disk-lost-between-runs'));
    if (defect('tmp-kept-between-runs')) saveDisk(this.spec.dir, tmpFile, this.#tmp);
    if (code !== null) replaceFile(join(this.spec.dir, exitFile), String(code));
    await this.#endHosts();
    if (this.isOff) return;
    this.isOff = true;
    this.#end(code);
  }

  async #endHosts(): Promise<void> {
    this.#published?.close();
    if (defect('vm-process-left')) return;
    await Promise.all(this.#hosts.map((host) => host.end()));
  }

  /** Writes to the console; a box that is being removed has none any more. */
  #log(...lines: string[]): void {
    if (!existsSync(this.spec.dir)) return;
    appendFileSync(join(this.spec.dir, consoleName), lines.map((line) => `[vm] ${line}\n`).join(''));
  }

  #save(skip: boolean): void {
    const { disk } = this.machine;
    if (skip || disk.changes === this.#savedChanges) return;
    saveDisk(this.spec.dir, diskFile, disk.tree);
    this.#savedChanges = disk.changes;
  }

  /** The code of the main command, for the record and for whoever is connected; null where none was started. */
  #toldCode(): number | null {
    const ended = this.machine.init?.ended;
    if (!ended) return null;
    const code = ended.code < 0 ? 128 - ended.code : ended.code;
    if (this.spec.owner !== 'detached') return code;
    if (defect('exit-not-recorded')) return null;
    return defect('exit-recorded-zero') ? 0 : code;
  }
}

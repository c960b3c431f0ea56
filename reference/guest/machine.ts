import type { MountSpec, ProcessSpec } from '../vm/port.ts';
import { bytesOf } from './bytes.ts';
import { Clock } from './clock.ts';
import { deviceTree } from './disk/devices.ts';
import { HostVolume } from './disk/host.ts';
import type { DirectoryInode } from './disk/inode.ts';
import { MemoryVolume } from './disk/memory.ts';
import { normal } from './disk/path.ts';
import { procVolume } from './disk/proc.ts';
import { makeDirectories } from './disk/tree.ts';
import { Vfs } from './disk/vfs.ts';
import type { Volume } from './disk/vnode.ts';
import type { Execution } from './execution.ts';
import type { Hooks } from './hooks.ts';
import { Kernel } from './process/kernel.ts';
import type { GuestProcess } from './process/process.ts';
import { shutDown } from './shut-down.ts';
import { spawn } from './spawn.ts';

export interface MachineOptions {
  hostname: string;
  bootId: string;
  /** Root disk, changed in place. */
  disk: DirectoryInode;
  /** Contents of /tmp at boot; empty unless a defect keeps them. */
  tmp: DirectoryInode;
  mounts: MountSpec[];
  /** How much faster guest time runs while the guest is being stopped. */
  speed: number;
  /** Called when the root disk is to be made durable. */
  save: () => void;
  defect: Hooks;
}

/** A guest that is switched on: file systems, processes, and the way down. */
export class Machine {
  readonly kernel: Kernel;
  readonly disk: MemoryVolume;
  /** The root disk alone, without anything mounted over it. */
  readonly root: Vfs;
  readonly executions = new Set<Execution>();
  init: Execution | null = null;
  /** Seeded defect: the end of PID 1 does not switch it off. */
  staysOn = false;
  /** Settles when everything in it has ended in an orderly way, whatever began it; then the power may go. */
  readonly down: Promise<void>;
  readonly #options: MachineOptions;
  #goDown: () => void = () => {};
  #dead = false;

  constructor(options: MachineOptions) {
    this.#options = options;
    this.disk = new MemoryVolume('/dev/root', 'ext4', options.disk);
    this.root = new Vfs(this.disk);
    const { defect } = options;
    this.kernel = new Kernel({
      vfs: fileSystems(this.disk, options, () => this.kernel),
      clock: new Clock(),
      hostname: bytesOf(options.hostname),
      bootId: options.bootId,
      sync: options.save,
      initIsMortal: () => defect('init-mortal'),
    });
    const asked = new Promise<void>((resolve) => {
      this.#goDown = resolve;
    });
    this.down = asked.then(() => shutDown(this, options.speed, defect));
  }

  /**
   * Puts a process in; with `init` it becomes PID 1, whose end switches the machine off.
   * @throws SpawnError, or Error when the machine is going down or has a PID 1 already.
   */
  start(id: string, spec: ProcessSpec): Execution {
    if (this.#dead) throw new Error('no such vm');
    if (spec.init && this.init)
      throw new Error('invalid state: the main command of this VM has been started already');
    const { defect } = this.#options;
    const execution = spawn(this.kernel, id, spec, defect);
    this.executions.add(execution);
    execution.onOver(() => this.executions.delete(execution));
    if (spec.init) this.#watchInit(execution);
    return execution;
  }

  /** Begins the orderly way down. */
  stop(): Promise<void> {
    this.#goDown();
    return this.down;
  }

  /** The power goes at once: nothing that has not ended has a code. */
  crash(): void {
    this.#dead = true;
    for (const execution of this.executions) execution.cutOff();
    for (const process of [...this.kernel.processes.values()]) process.end(-9);
  }

  /** No process can be put in any more. */
  close(): void {
    this.#dead = true;
  }

  /** Processes put in from outside that still live, PID 1 apart. */
  tenants(): GuestProcess[] {
    return [...this.executions].flatMap(({ process, isInit }) => (process && !isInit ? [process] : []));
  }

  #watchInit(init: Execution): void {
    this.init = init;
    this.staysOn = this.#options.defect('vm-stays-on');
    if (!this.staysOn) init.process?.ending.add(this.#goDown);
  }
}

function fileSystems(disk: Volume, { mounts, tmp, defect }: MachineOptions, kernel: () => Kernel): Vfs {
  const vfs = new Vfs(disk);
  vfs.mount({ at: '/proc', volume: procVolume(kernel), mode: 'rw' });
  vfs.mount({ at: '/dev', volume: new MemoryVolume('devtmpfs', 'devtmpfs', deviceTree()), mode: 'rw' });
  vfs.mount({ at: '/dev/shm', volume: new MemoryVolume('shm', 'tmpfs'), mode: 'rw' });
  vfs.mount({ at: '/tmp', volume: new MemoryVolume('tmpfs', 'tmpfs', tmp), mode: 'rw' });
  for (const mount of wanted(mounts, defect)) addHostMount(vfs, mount, defect);
  return vfs;
}

function addHostMount(vfs: Vfs, mount: MountSpec, defect: Hooks): void {
  const at = normal('/', bytesOf(mount.at)) + (defect('mount-wrong-path') ? '-1' : '');
  const readOnly = mount.mode === 'ro' && !defect('ro-not-enforced');
  const volume = new HostVolume(mount.tag, mount.source, readOnly);
  // The place to mount on is made where that leaves no trace on the host; elsewhere the mount shows without it.
  const parent = [...vfs.mounts.values()].some(
    ({ at: above, volume: over }) => at.startsWith(`${above}/`) && over instanceof HostVolume,
  );
  if (!parent && !vfs.find('/', at) && volume.root.kind === 'directory') makeDirectories(vfs, at);
  vfs.mount({ at, volume, mode: mount.mode });
}

function wanted(mounts: MountSpec[], defect: Hooks): MountSpec[] {
  const inner = ({ at }: MountSpec) => mounts.some((other) => at.startsWith(`${other.at}/`));
  return defect('mount-nested-lost') ? mounts.filter((mount) => !inner(mount)) : mounts;
}

import { defect } from '../defects/switch.ts';
import type { MountSpec, ProcessSpec, TreeEntry } from '../vm/port.ts';
import type { DirectoryInode } from './disk/disk.ts';
import { Files, namesOf, procVolume } from './disk/files.ts';
import { HostVolume } from './disk/host.ts';
import { MemoryVolume, writeTree } from './disk/memory.ts';
import { type Hardware, plainHardware } from './hardware.ts';
import type { Policy } from './network.ts';
import { type GuestProcess, KILL, TERM } from './process.ts';
import { spawn } from './spawn.ts';
import { idsOf } from './users.ts';

export interface MachineOptions {
  bootId: string;
  /** Root disk, changed in place. */
  disk: DirectoryInode;
  /** Contents of /tmp at boot; empty unless a defect keeps them. */
  tmp: DirectoryInode;
  mounts: MountSpec[];
  hardware?: Hardware | undefined;
  /** Called when the root disk is to be made durable. */
  sync: () => void;
}

/** A guest that is switched on: file systems, processes, and the way down. */
export class Machine {
  readonly disk: MemoryVolume;
  init: GuestProcess | null = null;
  /** Ports that its processes serve. */
  readonly services = new Set<number>();
  /** Whether the end of PID 1 does not switch it off. */
  readonly staysOn = defect('vm-outlives-main');
  /** Settles when everything in it has ended in an orderly way, whatever began it; then the power may go. */
  readonly down: Promise<void>;
  readonly #files: Files;
  readonly #living = new Set<GuestProcess>();
  readonly #hardware: Hardware;
  readonly #sync: () => void;
  readonly #goDown: () => void;
  #dead = false;

  constructor({ bootId, disk, tmp, mounts, hardware = plainHardware, sync }: MachineOptions) {
    this.disk = new MemoryVolume('/dev/root', 'ext4', disk);
    this.#files = filesOf(this.disk, bootId, tmp);
    for (const mount of mounts) this.#mount(mount);
    this.#hardware = { ...hardware };
    this.#sync = sync;
    const asked = Promise.withResolvers<void>();
    this.#goDown = asked.resolve;
    this.down = asked.promise.then(async () => {
      await shutDown(this.init, this.#tenants());
      this.#dead = true;
      for (const late of this.#tenants()) late.signal(KILL, 'outside');
    });
  }

  /**
   * Puts a process in; with `init` it becomes PID 1, whose end switches the machine off.
   * @throws SpawnError, or Error when the machine is going down or has a PID 1 already.
   */
  start(id: string, spec: ProcessSpec): GuestProcess {
    if (this.#dead) throw new Error('no such vm');
    if (spec.init && this.init)
      throw new Error('invalid state: the main command of this VM has been started already');
    const { disk, services } = this;
    const lent = { files: this.#files, disk, services, hardware: this.#hardware, sync: this.#sync };
    const process = spawn(lent, id, spec);
    this.#living.add(process);
    process.ending.add(() => this.#living.delete(process));
    if (spec.init) {
      this.init = process;
      if (!this.staysOn) process.ending.add(this.#goDown);
    }
    return process;
  }

  /** What it may reach from now on. */
  setPolicy(policy: Policy): void {
    this.#hardware.policy = policy;
  }

  /**
   * Unpacks entries under a directory of the root disk; those without an owner are this user's.
   * @throws SpawnError for a user that the guest does not know.
   */
  unpack(path: string, entries: TreeEntry[], user?: string): void {
    writeTree(this.disk, path, entries, idsOf(this.#files, user));
  }

  /** Begins the orderly way down. */
  stop(): Promise<void> {
    this.#goDown();
    return this.down;
  }

  /** The power goes at once: nothing that has not ended has a code. */
  crash(): void {
    this.#dead = true;
    for (const process of this.#living) process.cutOff();
    this.init?.cutOff();
  }

  /** Processes put in from outside that still live, PID 1 apart. */
  #tenants(): GuestProcess[] {
    return [...this.#living].filter((process) => process !== this.init);
  }

  /** On the disk with all that leads there; in a directory of the host it stays there (contract 6.3). */
  #makeMountPoint(path: string): void {
    const { volume, names } = this.#files.place('/', path);
    if (volume instanceof HostVolume) volume.makeMountPoint(names);
    else if (!volume.look(names)) this.disk.makeDirectories(namesOf(path));
  }

  #mount({ tag, at, mode, source }: MountSpec): void {
    const names = namesOf(at);
    const path = `/${names.join('/')}`;
    const volume = new HostVolume(tag, source, mode === 'ro');
    if (volume.look([])?.kind === 'directory') this.#makeMountPoint(path);
    this.#files.mount({ at: path, volume, mode });
  }
}

function filesOf(disk: MemoryVolume, bootId: string, tmp: DirectoryInode): Files {
  const files = new Files({ at: '/', volume: disk, mode: 'rw' });
  files.mount({ at: '/proc', volume: procVolume(() => files, bootId), mode: 'rw' });
  files.mount({ at: '/dev/shm', volume: new MemoryVolume('shm', 'tmpfs'), mode: 'rw' });
  files.mount({ at: '/tmp', volume: new MemoryVolume('tmpfs', 'tmpfs', tmp), mode: 'rw' });
  return files;
}

/** Between TERM and KILL: the two seconds and the one of contract 3.3, forty times as fast. */
const initGraceMs = 50;
const tenantGraceMs = 25;

/**
 * Ends the processes of a guest in the orderly way: TERM to PID 1 and tenants, KILL to what is left after the grace.
 * What has no handler for TERM would not use its grace, so nobody waits for it.
 */
async function shutDown(init: GuestProcess | null, tenants: GuestProcess[]): Promise<void> {
  const everybody = init ? [...tenants, init] : tenants;
  if (!defect('stop-without-term')) {
    for (const process of everybody) process.signal(TERM, 'outside');
    await Promise.all([
      ...tenants.map((process) => leave(process, tenantGraceMs)),
      ...(init ? [leave(init, initGraceMs)] : []),
    ]);
  }
  // PID 1 goes last, and takes everybody with it who is still there.
  for (const process of everybody) process.signal(KILL, 'outside');
}

/** Waits until a process has ended or its grace is over, where it can use it; then kills it. */
async function leave(process: GuestProcess, graceMs: number): Promise<void> {
  if (!process.ended && process.handlers.has(TERM)) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, graceMs);
      process.ending.add(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
  process.signal(KILL, 'outside');
}

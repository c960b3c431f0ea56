import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { leaving } from '../../../commands/values.ts';
import { argvOf } from '../../../commands/work.ts';
import type { Work } from '../../../domain/work.ts';
import { defectsFromEnvironment } from '../../../reference/defects/spoil.ts';
import type { DefectName } from '../../../reference/defects.ts';
import { type Hardware, plainHardware } from '../../../reference/guest/hardware.ts';
import { connect } from '../../../reference/vm/connection.ts';
import { Hub } from '../../../reference/vm/hub.ts';
import type { Hypervisor } from '../../../reference/vm/port.ts';
import { blob, cat, die, exit, hold, print, read, write } from '../fake/work.ts';
import { guestDefects } from './guest-defects.ts';
import { bootSpec, followed, home, isAlive, processSpec, run, until } from './home.ts';
import { ofNetwork } from './network.ts';
import { ofTerminalsAndCopies } from './terminals-and-copies.ts';

interface Scene {
  path: string;
  hub: Hub;
  hypervisor: Hypervisor;
  boot: () => Promise<unknown>;
}

/** What a user sees, told so that the clean runtime gives `clean` and the defect anything else. */
interface Symptom {
  see: (scene: Scene) => Promise<unknown>;
  clean: unknown;
}

const ran =
  (argv: string[], rest = {}) =>
  async ({ boot, hypervisor }: Scene) => {
    await boot();
    return run(hypervisor, 'b1', argv, rest);
  };
const out =
  (argv: string[], rest = {}) =>
  async (scene: Scene) =>
    (await ran(argv, rest)(scene)).out;
const mainEnd = async ({ boot, hypervisor, path }: Scene, argv: string[]) => {
  await boot();
  const id = await hypervisor.start('b1', processSpec(argv, { init: true }));
  const { code } = await followed(hypervisor, 'b1', id);
  const file = join(path, 'boxes/b1/exit');
  return { code, recorded: existsSync(file) ? readFileSync(file, 'utf8') : null };
};
/** What a file holds that was written in the run before. */
const keptIn = (path: string, end: 'stop' | 'kill') => async (scene: Scene) => {
  await out(write(path, 'kept'))(scene);
  await scene.hypervisor[end]('b1');
  return out(read(path))(scene);
};
/** What comes back of so many bytes that are fed. */
const echoed =
  (bytes: number) =>
  async ({ boot, hypervisor }: Scene) => {
    await boot();
    const id = await hypervisor.start('b1', processSpec(cat));
    const end = followed(hypervisor, 'b1', id);
    await hypervisor.write('b1', id, Buffer.alloc(bytes));
    await hypervisor.write('b1', id, null);
    return (await end).out.length;
  };
const children = (): string[] =>
  readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8')
    .split(' ')
    .filter(
      (pid) =>
        pid !== '' &&
        isAlive(Number(pid)) &&
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('boxlite-vm'),
    );

/** What a guest shows of its processors, memory and disk, one of which was asked for. */
const sized =
  (asked: Partial<Hardware>) =>
  async ({ hypervisor, path }: Scene) => {
    await hypervisor.boot(bootSpec(path, 'b1', { hardware: { ...plainHardware, ...asked } }));
    return (await run(hypervisor, 'b1', argvOf({ do: 'machine' }))).out;
  };

const symptoms: Record<(typeof guestDefects)[number], Symptom> = {
  'arguments-split': { see: out(argvOf({ do: 'args', args: ['a b'] })), clean: 'a b\n' },
  'boot-id-kept': {
    see: async (scene) => {
      const bootId = out(read('/proc/sys/kernel/random/boot_id'));
      const first = await bootId(scene);
      await scene.hypervisor.stop('b1');
      return first === (await bootId(scene));
    },
    clean: false,
  },
  'workdir-ignored': { see: out(read('hostname'), { cwd: '/etc' }), clean: 'b1\n' },
  'disk-lost-between-runs': {
    see: async (scene) => {
      await scene.boot();
      const entry = { path: 'f', kind: 'file' as const, mode: 0o644, data: Buffer.from('kept') };
      await scene.hypervisor.writeTree('b1', '/root', [entry]);
      await scene.hypervisor.stop('b1');
      return out(read('/root/f'))(scene);
    },
    clean: 'kept',
  },
  ...ofTerminalsAndCopies,
  'cpus-ignored': { see: sized({ cpus: 3 }), clean: '3\n996147\n10276044\n' },
  'memory-ignored': { see: sized({ memoryMib: 512 }), clean: '1\n498073\n10276044\n' },
  'disk-size-ignored': { see: sized({ diskGb: 20 }), clean: '1\n996147\n20552089\n' },
  ...ofNetwork,
  'group-ignored': { see: out(argvOf({ do: 'id' }), { user: 'nobody' }), clean: '65534\n65534\n' },
  'unknown-user-is-root': {
    see: (scene) => ran(exit(0), { user: 'nosuchuser' })(scene).catch(({ failure }) => failure),
    clean: 'no-such-user',
  },
  'double-boot': {
    see: async ({ boot }) => {
      const before = children().length;
      await boot();
      return children().length - before;
    },
    clean: 1,
  },
  'exit-late': {
    see: async (scene) =>
      Promise.race([ran(exit(0))(scene), new Promise((resolve) => setTimeout(resolve, 400, 'late'))]),
    clean: { out: '', err: '', code: 0 },
  },
  'exit-not-recorded': { see: (scene) => mainEnd(scene, exit(4)), clean: { code: 4, recorded: '4' } },
  'exit-recorded-zero': { see: (scene) => mainEnd(scene, exit(4)), clean: { code: 4, recorded: '4' } },
  'fast-output-lost': { see: out(print('fast')), clean: 'fast' },
  'init-dies-of-signals': { see: (scene) => mainEnd(scene, die(15)), clean: { code: 0, recorded: '0' } },
  'orphan-survives': {
    see: async ({ hub, hypervisor, path }) => {
      await hypervisor.boot(bootSpec(path, 'b1', { owner: 'connection' }));
      await hypervisor.close();
      return hub.running;
    },
    clean: 0,
  },
  'output-corrupted': { see: async (scene) => (await out(blob)(scene)).length, clean: 256 },
  'output-truncated': { see: out(print('a\n')), clean: 'a\n' },
  'stdin-truncated': { see: echoed(5_000), clean: 5_000 },
  'large-stdin-cut': { see: echoed(300_000), clean: 300_000 },
  'long-argument-cut': {
    see: async (scene) => (await out(argvOf({ do: 'args', args: ['x'.repeat(5_000)] }))(scene)).length,
    clean: 5_001,
  },
  'late-output-lost': { see: out(argvOf(leaving[0] as Work)), clean: 'out\nlate\n' },
  'left-child-awaited': {
    see: (scene) => Promise.race([ran(argvOf(leaving[1] as Work))(scene), pause(1_000, 'not over')]),
    clean: { out: '', err: '', code: 4 },
  },
  'children-outlive-deadline': {
    see: async ({ boot, hypervisor }) => {
      await boot();
      const id = await hypervisor.start('b1', processSpec(argvOf({ do: 'hold', out: '', forks: true })));
      const end = followed(hypervisor, 'b1', id);
      await hypervisor.signal('b1', id, 15);
      return Promise.race([end, pause(1_000, 'not over')]);
    },
    clean: { out: '', err: '', code: -15 },
  },
  'large-file-lost': {
    see: async (scene) => {
      await out(argvOf({ do: 'write', path: '/root/f', data: { size: 70_000, pattern: 'bytes' } }))(scene);
      await scene.hypervisor.stop('b1');
      return (await out(read('/root/f'))(scene)).length;
    },
    clean: 70_000,
  },
  'large-shared-file-cut': {
    see: async ({ hypervisor, path }) => {
      const mounts = [{ tag: 'v', at: '/mnt', mode: 'rw' as const, source: path }];
      await hypervisor.boot(bootSpec(path, 'b1', { mounts }));
      const data = { size: 40_000, pattern: 'line' } as const;
      await run(hypervisor, 'b1', argvOf({ do: 'write', path: '/mnt/f', data }));
      return readFileSync(join(path, 'f')).length;
    },
    clean: 40_000,
  },
  'unread-output-stalls': {
    see: async ({ boot, hypervisor }) => {
      await boot();
      const floods = argvOf({ do: 'flood', bytes: 70_000, code: 0 });
      await hypervisor.start('b1', processSpec(floods, { init: true }));
      const isOff = async () => (await hypervisor.vms()).length === 0;
      return until(isOff, 'the end of its main command', 1_000).then(
        () => 'ended',
        () => 'stands still',
      );
    },
    clean: 'ended',
  },
  'stop-without-term': {
    see: async ({ boot, hypervisor }) => {
      await boot();
      const id = await hypervisor.start('b1', processSpec(hold('up', 5), { init: true }));
      await new Promise<void>((resolve) => void hypervisor.follow('b1', id, () => resolve()));
      return (await hypervisor.stop('b1')).code;
    },
    clean: 5,
  },
  'synced-file-lost': { see: keptIn('/root/f', 'kill'), clean: 'kept' },
  'tmp-kept-between-runs': { see: keptIn('/tmp/f', 'stop'), clean: '' },
  'vm-process-left': {
    see: async ({ boot, hypervisor }) => {
      const { pid } = (await boot()) as { pid: number };
      await hypervisor.stop('b1');
      return isAlive(pid);
    },
    clean: false,
  },
  'vm-outlives-main': {
    see: async ({ hub, ...scene }) => {
      await mainEnd({ hub, ...scene }, exit(4));
      return hub.running;
    },
    clean: 0,
  },
};

afterEach(() => defectsFromEnvironment({}));

/** Plays one symptom with a defect on, or with none. */
async function see(symptom: Symptom, defect: DefectName | ''): Promise<unknown> {
  await defectsFromEnvironment({ BOXLITE_REF_DEFECTS: defect });
  using h = home();
  const hub = new Hub(h.path);
  const hypervisor = connect(hub);
  const before = new Set(children());
  try {
    const boot = () => hypervisor.boot(bootSpec(h.path, 'b1'));
    return await symptom.see({ path: h.path, hub, hypervisor, boot });
  } finally {
    await hub.killAll();
    // What a defect left behind is ours to end.
    for (const pid of children()) if (!before.has(pid)) process.kill(Number(pid), 'SIGKILL');
  }
}

test.each(guestDefects)('%s is seen when it is on, and only then', async (name) => {
  const symptom = symptoms[name];
  expect(await see(symptom, '')).toEqual(symptom.clean);
  expect(await see(symptom, name)).not.toEqual(symptom.clean);
});

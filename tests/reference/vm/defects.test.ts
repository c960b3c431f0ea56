import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type GuestDefect, guestDefects, parseHooks } from '../../../reference/guest/hooks.ts';
import { Hub } from '../../../reference/vm/hub.ts';
import { connect, type LocalHypervisor } from '../../../reference/vm/local.ts';
import { bootSpec, followed, home, isAlive, processSpec, run, until } from './home.ts';

interface Scene {
  path: string;
  hub: Hub;
  hypervisor: LocalHypervisor;
  boot: () => Promise<unknown>;
}

/** What a user sees, told so that the clean runtime gives `clean` and the defect anything else. */
interface Symptom {
  see: (scene: Scene) => Promise<unknown>;
  clean: unknown;
}

const ran =
  (script: string, rest = {}) =>
  async ({ boot, hypervisor }: Scene) => {
    await boot();
    return run(hypervisor, 'b1', script, rest);
  };
const out =
  (script: string, rest = {}) =>
  async (scene: Scene) =>
    (await ran(script, rest)(scene)).out;
const mainEnd = async ({ boot, hypervisor, path }: Scene, script: string) => {
  await boot();
  const id = await hypervisor.start('b1', processSpec(script, { init: true }));
  const { code } = await followed(hypervisor, 'b1', id);
  const file = join(path, 'boxes/b1/exit');
  return { code, recorded: existsSync(file) ? readFileSync(file, 'utf8') : null };
};
const twice = (script: string) => async (scene: Scene) => {
  await out(script)(scene);
  await scene.hypervisor.stop('b1');
  return out(script)(scene);
};
const fed =
  (script: string, data: Buffer) =>
  async ({ boot, hypervisor }: Scene) => {
    await boot();
    const id = await hypervisor.start('b1', processSpec(script));
    const end = followed(hypervisor, 'b1', id).then((seen) => seen.out);
    await hypervisor.write('b1', id, data);
    await hypervisor.write('b1', id, null);
    return Promise.race([end, new Promise((resolve) => setTimeout(resolve, 60, 'no end'))]);
  };
const replayed = async ({ boot, hypervisor }: Scene) => {
  await boot();
  const id = await hypervisor.start('b1', processSpec('echo a'));
  await until(
    () =>
      new Promise(
        (resolve) =>
          void hypervisor.follow('b1', id, (event) => resolve(event.kind === 'exit' || event.kind === 'out')),
      ),
    'output',
  );
  return (await followed(hypervisor, 'b1', id)).out;
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

const symptoms: Record<GuestDefect, Symptom> = {
  'args-split': { see: out('echo $#', { argv: ['sh', '-c', 'echo $#', 'n', 'a b'] }), clean: '1\n' },
  'backlog-doubled': { see: replayed, clean: 'a\n' },
  'backlog-lost': { see: replayed, clean: 'a\n' },
  'boot-id-kept': {
    see: async (scene) =>
      new Set(
        [await scene.boot(), await scene.hypervisor.stop('b1'), await scene.boot()].map(
          (each) => (each as { bootId?: string }).bootId,
        ),
      ).size,
    clean: 3,
  },
  'cwd-ignored': { see: out('pwd', { cwd: '/tmp' }), clean: '/tmp\n' },
  'detached-dies-with-connection': {
    see: async ({ boot, hub, hypervisor }) => {
      await boot();
      await hypervisor.close();
      return hub.running;
    },
    clean: 1,
  },
  'disk-not-persisted': { see: twice('cat /root/f 2>/dev/null; echo kept >/root/f'), clean: 'kept\n' },
  'double-boot': {
    see: async ({ boot }) => {
      const before = children().length;
      await boot();
      return children().length - before;
    },
    clean: 1,
  },
  'env-lost': { see: out('printf %s "$X"', { env: { X: ' v ' } }), clean: ' v ' },
  'env-trimmed': { see: out('printf %s "$X"', { env: { X: ' v ' } }), clean: ' v ' },
  'exit-code-zeroed': { see: async (scene) => (await ran('exit 3')(scene)).code, clean: 3 },
  'exit-late': {
    see: async (scene) =>
      Promise.race([ran('true')(scene), new Promise((resolve) => setTimeout(resolve, 400, 'late'))]),
    clean: { out: '', err: '', code: 0 },
  },
  'exit-not-recorded': { see: (scene) => mainEnd(scene, 'exit 4'), clean: { code: 4, recorded: '4' } },
  'exit-recorded-zero': { see: (scene) => mainEnd(scene, 'exit 4'), clean: { code: 4, recorded: '4' } },
  'fast-stdout-lost': { see: out('echo fast'), clean: 'fast\n' },
  'init-mortal': {
    see: (scene) => mainEnd(scene, 'kill -TERM $$; exit 4'),
    clean: { code: 4, recorded: '4' },
  },
  'mount-nested-lost': { see: out('cat /data/in/marker 2>/dev/null'), clean: 'inner' },
  'mount-wrong-path': { see: out('cat /data/marker 2>/dev/null'), clean: 'outer' },
  'mounts-lost-on-second-boot': { see: twice('cat /data/marker 2>/dev/null'), clean: 'outer' },
  'orphan-survives-connection': {
    see: async ({ hub, hypervisor, path }) => {
      await hypervisor.boot(bootSpec(path, 'b1', { owner: 'connection' }));
      await hypervisor.close();
      return hub.running;
    },
    clean: 0,
  },
  'output-corrupted': { see: out("printf '\\377'"), clean: '\xff' },
  'output-duplicated': { see: out('echo a'), clean: 'a\n' },
  'output-mixed': { see: ran('echo e >&2'), clean: { out: '', err: 'e\n', code: 0 } },
  'output-truncated': { see: out('echo a'), clean: 'a\n' },
  'ro-not-enforced': {
    see: async (scene) => (await ran('echo x 2>/dev/null >/data/new')(scene)).code,
    clean: 1,
  },
  'signal-code-positive': { see: async (scene) => (await ran('kill -TERM $$')(scene)).code, clean: -15 },
  'signal-dropped': {
    see: async ({ boot, hypervisor }) => {
      await boot();
      const id = await hypervisor.start('b1', processSpec('exec sleep 300'));
      await hypervisor.signal('b1', id, 15);
      return Promise.race([
        followed(hypervisor, 'b1', id).then(({ code }) => code),
        new Promise((resolve) => setTimeout(resolve, 60, 'no end')),
      ]);
    },
    clean: -15,
  },
  'stdin-eof-lost': { see: fed('cat', Buffer.from('x')), clean: 'x' },
  'stdin-truncated': { see: fed('wc -c', Buffer.alloc(5000)), clean: '5000\n' },
  'stop-without-term': {
    see: async ({ boot, hypervisor }) => {
      await boot();
      const id = await hypervisor.start(
        'b1',
        processSpec("trap 'exit 5' TERM; echo up; while :; do sleep 0.05; done", { init: true }),
      );
      await new Promise<void>((resolve) => void hypervisor.follow('b1', id, () => resolve()));
      return (await hypervisor.stop('b1')).code;
    },
    clean: 5,
  },
  'streams-swapped': { see: ran('echo e >&2'), clean: { out: '', err: 'e\n', code: 0 } },
  'sync-lost': {
    see: async (scene) => {
      await out('echo kept >/root/f; sync')(scene);
      await scene.hypervisor.kill('b1');
      return out('cat /root/f 2>/dev/null')(scene);
    },
    clean: 'kept\n',
  },
  'tmp-persisted': { see: twice('cat /tmp/f 2>/dev/null; echo kept >/tmp/f'), clean: '' },
  'vm-process-left': {
    see: async ({ boot, hypervisor }) => {
      const { pid } = (await boot()) as { pid: number };
      await hypervisor.stop('b1');
      return isAlive(pid);
    },
    clean: false,
  },
  'vm-stays-on': {
    see: async ({ hub, ...scene }) => {
      await mainEnd({ hub, ...scene }, 'exit 4');
      return hub.running;
    },
    clean: 0,
  },
};

/** Plays one symptom with a defect on or off. */
async function see(symptom: Symptom, defects: string): Promise<unknown> {
  using h = home();
  const [outer, inner] = [join(h.path, 'outer'), join(h.path, 'inner')];
  for (const dir of [outer, inner]) mkdirSync(dir);
  writeFileSync(join(outer, 'marker'), 'outer');
  writeFileSync(join(inner, 'marker'), 'inner');
  const mounts = [
    { tag: 'm0', at: '/data', mode: 'ro' as const, source: outer },
    { tag: 'm1', at: '/data/in', mode: 'rw' as const, source: inner },
  ];
  const hub = new Hub({ home: h.path, speed: 40, defect: parseHooks(defects) });
  const hypervisor = connect(hub);
  const before = new Set(children());
  try {
    return await symptom.see({
      path: h.path,
      hub,
      hypervisor,
      boot: () => hypervisor.boot(bootSpec(h.path, 'b1', { mounts })),
    });
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

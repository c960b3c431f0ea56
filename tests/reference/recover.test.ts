import { expect, test } from 'vitest';
import { refusals } from '../../model/reasons.ts';
import { copyInto } from '../../reference/core/copy.ts';
import { createBox } from '../../reference/core/create.ts';
import { execIn } from '../../reference/core/exec.ts';
import { type Connect, openRuntime } from '../../reference/core/open.ts';
import { setPolicy } from '../../reference/core/policy.ts';
import { alone } from '../../reference/core/runtime.ts';
import { startBox } from '../../reference/core/start.ts';
import { createBody } from '../../reference/server/bodies.ts';
import { scratchHome } from './fake/home.ts';
import { fakeHypervisor } from './fake/hypervisor.ts';

/** The machine as it is, but each running VM ends between the list that still has it and whoever reads the list. */
function endingMeanwhile(machine: ReturnType<typeof fakeHypervisor>): Connect {
  return async () => {
    const hypervisor = await machine.connect();
    const vms = async () => {
      const listed = await hypervisor.vms();
      for (const { box } of listed) await hypervisor.stop(box);
      return listed;
    };
    return { ...hypervisor, vms };
  };
}

test('a VM that ends while its home is being opened is not taken for a running one', async () => {
  using place = scratchHome();
  const machine = fakeHypervisor();
  const first = await openRuntime(place.home, machine.connect);
  const { spec } = createBody({ rootfs_path: place.rootfs, cmd: ['hold'] });
  const made = createBox(first, null, spec);
  const { id } = made.record;
  await alone(made, () => startBox(first, made, 'detached'));
  await first.close();
  expect(machine.running()).toEqual([id]);

  const second = await openRuntime(place.home, endingMeanwhile(machine));
  const box = second.boxes.get(id);
  expect(box).toMatchObject({ vm: null, record: { status: 'stopped', exitCode: 137, pid: null } });
  // A box taken for a running one was waited for, three times five seconds.
  const exec = { argv: ['say'], env: {}, tty: false, followed: true };
  await expect(box && execIn(second, box, exec, 'detached')).rejects.toThrow('has already run');
  await second.close();
});

/** A running box whose VM is gone when the hypervisor is asked for this. */
async function goneUnder(what: 'writeTree' | 'setPolicy', home: string, rootfs: string) {
  const machine = fakeHypervisor();
  const gone = { [what]: () => Promise.reject(new Error('no such vm')) };
  const runtime = await openRuntime(home, async () => ({ ...(await machine.connect()), ...gone }));
  const box = createBox(runtime, null, createBody({ rootfs_path: rootfs, cmd: ['hold'] }).spec);
  await alone(box, () => startBox(runtime, box, 'detached'));
  return { runtime, box };
}

test('a box that goes down under a copy is refused as the contract has it', async () => {
  using place = scratchHome();
  const { runtime, box } = await goneUnder('writeTree', place.home, place.rootfs);
  const texts = new RegExp(refusals['box-ended'].cli.any.join('|'));
  await expect(copyInto(runtime, box, '/root', [], 'up')).rejects.toThrow(texts);
  await runtime.close();
});

test('a box that goes down under a change of its policy is refused as one at rest, and keeps the old one', async () => {
  using place = scratchHome();
  const { runtime, box } = await goneUnder('setPolicy', place.home, place.rootfs);
  const changed = setPolicy(runtime, box, 'outbound', { outbound: true, rules: ['10.0.0.0/8'] });
  await expect(changed).rejects.toThrow(refusals['network-at-rest'].rest.any[0]);
  expect(box.record.spec.network.rules).toEqual([]);
  await runtime.close();
});

import { argvOf } from '../../../commands/work.ts';
import type { Hypervisor } from '../../../reference/vm/port.ts';
import { cat, print } from '../fake/work.ts';
import { followed, processSpec, run } from './home.ts';

interface Scene {
  hypervisor: Hypervisor;
  boot: () => Promise<unknown>;
}

/** What arrives of a process with a terminal on stdout. */
const written =
  (out: string, err: string) =>
  async ({ boot, hypervisor }: Scene) => {
    await boot();
    return (await run(hypervisor, 'b1', print(out, err), { tty: true })).out;
  };

/** What a user sees of terminals and of what is copied, as `defects.test.ts` has it. */
export const ofTerminalsAndCopies = {
  'copied-in-mode-lost': {
    see: async (scene: Scene) => {
      await scene.boot();
      await scene.hypervisor.writeTree('b1', '/root', [{ path: 'f', kind: 'file', mode: 0o640 }]);
      return (await run(scene.hypervisor, 'b1', argvOf({ do: 'mode', path: '/root/f' }))).out;
    },
    clean: '-rw-r----- 0 0\n',
  },
  'terminal-line-ends-kept': { see: written('a\n', ''), clean: 'a\r\n' },
  'terminal-streams-apart': { see: written('a', 'b'), clean: 'ab' },
  'terminal-echoes-nothing': {
    see: async ({ boot, hypervisor }: Scene) => {
      await boot();
      const id = await hypervisor.start('b1', processSpec(cat, { tty: true }));
      const end = followed(hypervisor, 'b1', id);
      await hypervisor.write('b1', id, Buffer.from('a\n\x04'));
      return (await end).out;
    },
    clean: 'a\r\na\r\n',
  },
};

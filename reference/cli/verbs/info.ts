import { arch, platform } from 'node:os';
import { profile } from '../../core/profile.ts';
import { closing } from '../closing.ts';
import { contextOf, openBackend } from '../context.ts';
import { own } from '../own.ts';
import type { Verb } from '../verb.ts';
import { yamlOf } from '../yaml.ts';

/** `boxlite info`: the home in numbers, as YAML (contract 2.8). */
export const verb: Verb = async (parsed) => {
  const context = contextOf(parsed);
  return closing(await openBackend(context), async (backend) => {
    const boxes = await backend.boxes();
    const count = (status: string) => boxes.filter((box) => box.status === status).length;
    const info = {
      version: profile.version,
      homeDir: context.home,
      virtualization: 'reference',
      os: platform(),
      arch: arch(),
      boxesTotal: boxes.length,
      boxesRunning: count('running'),
      boxesStopped: count('stopped'),
      boxesConfigured: count('configured'),
      imagesCount: 2,
    };
    own().stdout.write(yamlOf(info));
    return 0;
  });
};

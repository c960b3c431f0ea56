import { argvOf } from '../../../commands/work.ts';
import { exit, holdMain } from '../fake/work.ts';
import { detached, type LocalProbe, shown } from './over-cli.ts';

const environ = argvOf({ do: 'environ' });
const id = argvOf({ do: 'id' });

/** What a process is told, where a box and an exec both have something to say. */
export const starting: LocalProbe = async (local) => {
  const { run, image } = local;
  const given = ['a', 'last', '', 'two\nlines'].map((value, i) => `BC_${i < 2 ? 'A' : i}=${value}`);
  const many = Array.from({ length: 200 }, (_, i) => `BC_N${i}=`);
  const env = (all: string[]) => all.flatMap((pair) => ['-e', pair]);
  const box = await detached(local, '-w', '/tmp', '-e', 'BC_A=box', '--', ...holdMain);
  const calls = [
    await run('run', ...env([...given, 'BC_ü=1', `BC_L=${'x'.repeat(5_000)}`]), ...image, ...environ),
    await run('run', ...env(many), ...image, ...environ),
    await run('exec', box, '--', ...environ),
    await run('exec', '-e', 'BC_A=exec', box, '--', ...environ),
    await run('exec', box, '--', ...argvOf({ do: 'pwd' })),
    await run('exec', '-u', '1234:56', box, '--', ...id),
  ];
  return calls.map((each) => shown(each, box));
};

/** What a main command runs as, and is allowed. */
export const having: LocalProbe = async ({ run, image }) => {
  const capabilities = ['--cap-add', 'SYS_TIME', '--cap-drop', 'CHOWN'];
  const calls = [
    await run('run', '-u', 'nobody', ...image, ...id),
    await run('run', '--entrypoint', 'sh', ...image, '--', ...exit(3).slice(1)),
    await run('run', ...capabilities, ...image, ...argvOf({ do: 'caps' })),
    await run('run', '--network', 'disabled', ...image, ...argvOf({ do: 'link' })),
  ];
  return calls.map((each) => shown(each));
};

/** What is refused before there is a box. */
export const refusing: LocalProbe = async ({ run, image }) => {
  const codes = [];
  for (const args of [
    ['create', '--cap-add', 'NET ADMIN', ...image],
    ['create', '--auto-stop', '3600', ...image],
    ['list', '--nonsense'],
    ['run', '-i', '-d', ...image],
  ])
    codes.push((await run(...args)).code);
  return codes;
};

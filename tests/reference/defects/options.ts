import { argvOf } from '../../../commands/work.ts';
import { exit, holdMain } from '../fake/work.ts';
import { detached, type LocalProbe, localProbes, shown } from './local.ts';

/** How processes are started, and what they are told. */
const options: LocalProbe = async (local) => {
  const { run, image } = local;
  const given = ['a', 'last', '', 'two\nlines'].map((value, i) => `BC_${i < 2 ? 'A' : i}=${value}`);
  const many = Array.from({ length: 200 }, (_, i) => `BC_N${i}=`);
  const environ = argvOf({ do: 'environ' });
  const env = (all: string[]) => all.flatMap((pair) => ['-e', pair]);
  const mains = [
    await run('run', ...env([...given, 'BC_ü=1', `BC_L=${'x'.repeat(5_000)}`]), ...image, ...environ),
    await run('run', ...env(many), ...image, ...environ),
    await run('run', '-u', 'nobody', ...image, ...argvOf({ do: 'id' })),
    await run('run', '-u', 'nosuchuser', ...image, ...argvOf({ do: 'id' })),
    await run('run', '--entrypoint', 'sh', ...image, ...exit(3).slice(1)),
  ];
  mains.push(
    await run(
      'run',
      '--cpus',
      '2',
      '--memory',
      '512',
      '--disk-size',
      '20',
      ...image,
      ...argvOf({ do: 'machine' }),
    ),
    await run('run', '--cap-add', 'SYS_TIME', '--cap-drop', 'CHOWN', ...image, ...argvOf({ do: 'caps' })),
    await run('create', '--cap-add', 'NET ADMIN', ...image),
  );
  const misuses = [await run('list', '--nonsense'), await run('run', '-i', '-d', ...image)];
  const deadline = await run('create', '--auto-stop', '3600', ...image);
  const id = await detached(local, '-w', '/tmp', '-e', 'BC_A=box', '--', ...holdMain);
  const execs = [
    await run('exec', id, '--', ...environ),
    await run('exec', '-e', 'BC_A=exec', id, '--', ...environ),
    await run('exec', id, '--', ...argvOf({ do: 'pwd' })),
    await run('exec', '-u', '1234:56', id, '--', ...argvOf({ do: 'id' })),
  ];
  return [
    [...mains, ...execs].map((each) => shown(each, id)),
    deadline.code,
    misuses.map(({ code }) => code),
  ];
};

export const allLocalProbes = { options, ...localProbes };

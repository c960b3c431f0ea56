import { type Call, print } from './applet.ts';

/** `ps`: every process of the guest. */
export async function ps(call: Call): Promise<number> {
  const lines = [...call.by.kernel.processes.values()]
    .sort((a, b) => a.pid - b.pid)
    .map(({ pid, argv }) => `${String(pid).padStart(5)} root      0:00 ${argv.join(' ')}\n`);
  await print(call, `  PID USER     TIME  COMMAND\n${lines.join('')}`);
  return 0;
}

/** `df [PATH]`: where each file system shows. */
export async function df(call: Call): Promise<number> {
  const mounts = [...call.by.kernel.vfs.mounts.values()];
  const rows = mounts.map(({ at, volume }) => `${volume.tag.padEnd(20)} 1000000 0 1000000 0% ${at}\n`);
  await print(
    call,
    `Filesystem           1K-blocks Used Available Use% Mounted on\n/dev/root            1000000 0 1000000 0% /\n${rows.join('')}`,
  );
  return 0;
}

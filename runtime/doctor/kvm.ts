import { open, readFile } from 'node:fs/promises';

const HINTS: Record<string, string> = {
  ENOENT: 'it does not exist: this machine has no hardware virtualization, or it is switched off',
  EACCES: 'this user may not open it: add the user to the group kvm',
  EPERM: 'this user may not open it: add the user to the group kvm, or give the container the device',
  ENODEV: 'it is there, but no driver stands behind it',
  ENXIO: 'it is there, but no driver stands behind it',
};

const PARAVIRTUAL =
  'it is there, but the processor offers neither vmx nor svm: it can only run guests with a special kernel';

/**
 * Says why /dev/kvm cannot be used, or null. It must open for reading and writing, and on x86-64 the processor
 * must offer hardware virtualization: some clouds have a /dev/kvm for paravirtual guests only. Whether a box
 * really starts is known only when one has been started.
 */
export async function kvmProblem(device = '/dev/kvm', cpuinfo = '/proc/cpuinfo'): Promise<string | null> {
  try {
    const file = await open(device, 'r+');
    await file.close();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    return `${device}: ${HINTS[code] ?? `it cannot be opened (${code})`}`;
  }
  if (process.arch !== 'x64') return null;
  const flags = await readFile(cpuinfo, 'utf8').catch(() => 'flags: vmx');
  return /^flags\s*:.*\b(vmx|svm)\b/m.test(flags) ? null : `${device}: ${PARAVIRTUAL}`;
}

import { portOfLane } from './lanes.ts';
import type { LabPaths } from './paths.ts';
import type { LabState } from './state.ts';

const MEMORY_MIB = 4096;
/** Each has a `pulse` of its own in lab/guest/inittab. */
const CPUS = 2;

/**
 * Gives the kernel command line. Mitigations cost a lot under emulation; address randomisation makes traces
 * incomparable; the TSC is the only clock that is cheap, and its watchdog would disqualify it on a loaded host. With
 * nested paging, boxes run code of the guest's own kernel now and then, and end in a triple fault (docs/measurements.md).
 */
const kernelArgs = (apiKey: string): string =>
  [
    ...['console=ttyS0', 'loglevel=4', 'panic=-1', 'mitigations=off', 'nokaslr'],
    ...['kvm_amd.npt=0', 'tsc=nowatchdog', 'clocksource=tsc', 'rcupdate.rcu_expedited=1', 'net.ifnames=0'],
    `boxcheck.key=${apiKey}`,
  ].join(' ');

/** Gives QEMU's configuration file: the kernel command line, whose key would be in the list of processes as an argument. */
export const qemuConfig = (apiKey: string): string => `[machine]\n  append = "${kernelArgs(apiKey)}"\n`;

/**
 * Gives the arguments of QEMU. TCG emulates AMD's SVM, so the guest's own kvm-amd can run boxes;
 * EPYC-Rome is the fastest model that has it. The guest can reach nothing (`restrict`), and only its ssh and its
 * servers can be reached, from this machine.
 * @param incoming command whose output is the machine to go on with, instead of a boot
 */
export function qemuArgs(
  paths: LabPaths,
  { version, sshPort, servePorts }: Pick<LabState, 'version' | 'sshPort' | 'servePorts'>,
  incoming?: string,
): string[] {
  const forward = (port: number, inside: number) => `hostfwd=tcp:127.0.0.1:${port}-:${inside}`;
  const servers = servePorts.map((port, lane) => forward(port, portOfLane(lane)));
  const net = ['user,id=net,restrict=on', forward(sshPort, 22), ...servers];
  return [
    ...['-name', 'boxcheck-lab', '-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot'],
    ...['-machine', 'q35', '-accel', 'tcg,thread=multi,tb-size=1024', '-cpu', 'EPYC-Rome'],
    ...['-smp', `${CPUS}`, '-m', `${MEMORY_MIB}`],
    ...['-kernel', `${paths.boot}/vmlinuz`, '-initrd', `${paths.boot}/initramfs`],
    ...['-readconfig', paths.qemuConfig],
    ...['-drive', `file=${comma(paths.overlay)},if=none,id=root,format=qcow2,cache=unsafe,discard=unmap`],
    ...['-device', 'virtio-blk-pci,drive=root'],
    ...['-drive', `file=${comma(paths.payload(version))},if=none,id=payload,format=raw,readonly=on`],
    ...['-device', 'virtio-blk-pci,drive=payload'],
    ...['-device', 'virtio-rng-pci'],
    ...['-netdev', net.join(',')],
    ...['-device', 'virtio-net-pci,netdev=net'],
    ...['-serial', `file:${comma(paths.console)}`, '-serial', `file:${comma(paths.pulse)}`],
    ...['-qmp', `unix:${comma(paths.monitor)},server=on,wait=off`],
    ...['-pidfile', paths.pidFile, '-daemonize'],
    ...(incoming === undefined ? [] : ['-incoming', `exec:${incoming}`]),
  ];
}

/** Doubles each comma of a path: a single one would begin QEMU's next property. */
const comma = (path: string) => path.replaceAll(',', ',,');

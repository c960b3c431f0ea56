import { connectHypervisor } from '../../../reference/vm/remote.ts';
import { hold } from '../fake/work.ts';
import { bootSpec, processSpec } from './home.ts';

/** A starter that boots one VM that is to stay and one that is not, tells the first one's main process, and dies. */
const path = process.argv[2] ?? '';
const hypervisor = await connectHypervisor(path);
await hypervisor.boot(bootSpec(path, 'kept'));
await hypervisor.boot(bootSpec(path, 'owned', { owner: 'connection' }));
await hypervisor.start('owned', processSpec(hold(), { init: true }));
const id = await hypervisor.start('kept', processSpec(hold('up\n'), { init: true }));
process.stdout.write(id, () => process.kill(process.pid, 'SIGKILL'));

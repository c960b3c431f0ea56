import { argvOf } from '../../../commands/work.ts';
import type { Hypervisor } from '../../../reference/vm/port.ts';
import { bootSpec, run } from './home.ts';

interface Scene {
  path: string;
  hypervisor: Hypervisor;
}

/** What comes back over this of what is sent to the host, where rules allow that, where they do not, and where it is closed. */
const reached =
  (by: 'tcp' | 'udp') =>
  async ({ hypervisor, path }: Scene) => {
    await hypervisor.boot(bootSpec(path, 'b1', {}));
    const heard: string[] = [];
    for (const [outbound, rule] of [[true, '192.168.127.0/24'], [true, '10.0.0.0/8'], [false]] as const) {
      await hypervisor.setPolicy('b1', { outbound, rules: rule ? [rule] : [] });
      const work = { do: 'reach', to: '192.168.127.254', by, token: 'knock' } as const;
      heard.push((await run(hypervisor, 'b1', argvOf(work))).out);
    }
    return heard;
  };
const clean = ['knock', '', ''];

/** What a user sees of whom a guest reaches, as `defects.test.ts` has it. */
export const ofNetwork = {
  'net-rules-ignored': { see: reached('tcp'), clean },
  'closed-network-reaches-host': { see: reached('tcp'), clean },
  'udp-not-filtered': { see: reached('udp'), clean },
  'udp-lost': { see: reached('udp'), clean },
};

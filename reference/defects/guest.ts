import { catalogue } from './catalogue.ts';
import { activeDefects } from './switch.ts';

/** Hands the defects of the guest half to the hypervisor, which reads them when it is started. */
export function guestDefects(): void {
  const active = activeDefects();
  const hooks = catalogue.flatMap(({ name, hook }) => {
    const chance = active.get(name);
    return hook !== undefined && chance !== undefined ? [`${hook}=${chance}`] : [];
  });
  if (hooks.length > 0) process.env.BOXLITE_REF_GUEST_DEFECTS = hooks.join(',');
}

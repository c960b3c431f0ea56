import { Fault } from '../../core/fault.ts';
import { checkPolicy, networkJson } from '../../core/network.ts';
import { setPolicy } from '../../core/policy.ts';
import { profile } from '../../core/profile.ts';
import { find } from '../../core/runtime.ts';
import { jsonOf } from '../app.ts';
import { policyOf } from '../bodies.ts';
import { ok, type Routes } from '../route.ts';

/** Whom a running box may reach (contract 12.6). */
export const networkRoutes: Routes = {
  'boxes/*/network/*': {
    PUT: async ({ runtime }, call, typed, direction) => {
      if (!profile.policies || (direction !== 'outbound' && direction !== 'inbound'))
        throw new Fault('not-found', `not found: no route ${call.path.join('/')}`);
      const policy = policyOf(await jsonOf(call));
      checkPolicy(policy);
      const box = find(runtime, typed);
      await setPolicy(runtime, box, direction, policy);
      return ok(networkJson(box.record.spec.network).outbound);
    },
  },
};

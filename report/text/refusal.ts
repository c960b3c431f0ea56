import { isSdk } from '../../domain/surface.ts';
import { sdkRefusal } from '../../model/match-refusal.ts';
import { type Reason, refusals } from '../../model/reasons.ts';
import type { Refusal } from '../../model/refusal.ts';

/** How a refusal looks on a surface, for somebody who does not know our word for its reason. */
export function describeRefusal(reason: Reason, via: string): string {
  const refusal: Refusal = refusals[reason];
  const { cli, rest } = refusal;
  if (isSdk(via)) {
    const { kinds, any } = sdkRefusal(refusal, via);
    return `refused with an exception, ${kinds.join(' or ')}${message(any)}`;
  }
  if (via === 'rest' && rest) {
    const answers = rest.answers.map(([status, code]) => `HTTP ${status} \`${code}\``);
    return `refused with ${answers.join(' or ')}${message(rest.any)}`;
  }
  if (!cli) return `refused (${reason})`;
  const all = (cli.all ?? []).map((text) => `"${text}"`).join(' and ');
  return `refused with exit ${cli.exit}${all ? `, stderr with ${all}` : ''}${message(cli.any)}`;
}

const message = (any: readonly string[] | undefined): string =>
  any ? `, the message with ${any.map((text) => `"${text}"`).join(' or ')}` : '';

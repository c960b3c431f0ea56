/** Known divergences: data that says where a runtime answers other than the contract, and what comes after. */
export { type Answer, type Branch, branchesAhead, branchesOf, type StepInWorld } from './known/branches.ts';
export { loadKnownDivergences, parseKnownDivergence } from './known/load.ts';
export { applicable, concerns, isBelieved, matchKnown, staleMark, variantOf } from './known/match.ts';
export { isUsual, rateReports } from './known/rates.ts';
export { type KnownDivergence, knownSchema } from './known/schema.ts';

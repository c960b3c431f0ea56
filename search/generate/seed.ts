/**
 * The seed of program number `index` of a campaign: a 32-bit integer that depends on both, so that any program
 * can be drawn again without drawing those before it.
 */
export function programSeed(campaignSeed: number, index: number): number {
  return mix(mix(campaignSeed | 0) ^ mix((index + 0x9e3779b9) | 0)) | 0;
}

/** A bijection of 32-bit integers in which every input bit reaches every output bit. */
function mix(value: number): number {
  let x = value;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return x ^ (x >>> 15);
}

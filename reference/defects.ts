/** Seeded defects, for those who only need to know which there are. */
export { catalogue, type DefectName } from './defects/catalogue.ts';
export type { Group } from './defects/defect.ts';

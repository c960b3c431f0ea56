/** Seeded defects: the catalogue, and the switch that is consulted where they are planted. */
export { catalogue, type DefectName, defectNamed } from './defects/catalogue.ts';
export type { Defect, Group } from './defects/defect.ts';
export { defect, defectsFromEnvironment } from './defects/switch.ts';

import { fixed, mean, percent } from '../report/numbers.ts';
import type { Table } from '../report/part-report.ts';
import { seconds } from '../simulated/price.ts';
import type { Hunt } from './hunt.ts';

const realCost = (hunt: Hunt): number => hunt.seconds + seconds({ boots: hunt.boots, commands: hunt.steps });

/** Each hunt, and each tool over all hunts. */
export function huntTables(hunts: readonly Hunt[]): Table[] {
  const byTool = Map.groupBy(hunts, ({ tool }) => tool);
  return [
    {
      title: 'Every defect',
      head: [
        'defect',
        'tool',
        'found',
        'programs',
        'steps',
        'skipped',
        'seconds',
        'at real cost',
        'shrunk to',
      ],
      rows: hunts.map((hunt) => [
        hunt.defect,
        hunt.tool,
        hunt.found ? 'yes' : 'NO',
        String(hunt.programs),
        String(hunt.steps),
        percent(hunt.skipped / (hunt.steps + hunt.skipped)),
        fixed(hunt.seconds),
        fixed(realCost(hunt)),
        hunt.shrunk === null ? '-' : String(hunt.shrunk),
      ]),
    },
    {
      title: 'Means over all defects; what was not found counts with the whole budget',
      head: ['tool', 'found', 'of', 'programs', 'steps', 'skipped', 'seconds', 'at real cost'],
      rows: [...byTool].map(([tool, some]) => toolCells(tool, some)),
    },
  ];
}

function toolCells(tool: string, hunts: readonly Hunt[]): string[] {
  const of = (number: (hunt: Hunt) => number): string => fixed(mean(hunts.map(number)));
  const sum = (number: (hunt: Hunt) => number): number => hunts.reduce((all, hunt) => all + number(hunt), 0);
  const skipped = sum((hunt) => hunt.skipped);
  return [
    tool,
    String(hunts.filter(({ found }) => found).length),
    String(hunts.length),
    of((hunt) => hunt.programs),
    of((hunt) => hunt.steps),
    percent(skipped / (skipped + sum((hunt) => hunt.steps))),
    of((hunt) => hunt.seconds),
    of(realCost),
  ];
}

/** Defects we did not find, and those that another tool found with fewer steps. */
export function huntLosses(hunts: readonly Hunt[]): string[] {
  return hunts
    .filter(({ tool }) => tool === 'boxcheck')
    .flatMap((ours) => {
      const others = hunts.filter(({ tool, defect }) => tool !== ours.tool && defect === ours.defect);
      const better = others.filter(({ found, steps }) => found && (!ours.found || steps < ours.steps));
      return [
        ...(ours.found ? [] : [`${ours.defect}: not found in ${ours.steps} steps`]),
        ...better.map(
          ({ tool, steps }) =>
            `${ours.defect}: ${tool} found it in ${steps} steps, boxcheck ${ours.found ? `in ${ours.steps}` : 'did not'}`,
        ),
      ];
    });
}

import { expect, it } from 'vitest';
import { type LanesRow, lanesLosses, shareOfLanes } from '../../../bench/lanes/part.ts';

const row = (lanes: number, anHour: number): LanesRow => ({ lanes, anHour, programs: 6, seconds: 60 });

it('compares lanes with so many times one, and tells where too little comes of them', () => {
  const rows = [row(1, 100), row(2, 170), row(8, 600)];
  expect(rows.map((each) => shareOfLanes(each, rows))).toEqual([1, 0.85, 0.75]);
  expect(lanesLosses(rows)).toEqual(['lanes: 8 lanes run 75 % of 8 times one lane, target 80 %']);
});

it('says nothing of lanes where one was not measured', () => {
  expect(lanesLosses([row(8, 1)])).toEqual([]);
});

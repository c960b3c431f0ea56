import { defect } from '../defects/switch.ts';

/** What a route answers with. */
export type Reply =
  | { status: number; json: unknown }
  | { status: number; bytes: Buffer; type: string; headers?: Record<string, string> }
  | { status: 204 };

/** 200, and 201 for something new, each with a JSON body. */
export const ok = (json: unknown): Reply => ({ status: 200, json });
export const created = (json: unknown): Reply => ({
  status: defect('created-answers-200') ? 200 : 201,
  json,
});
export const noContent: Reply = { status: 204 };

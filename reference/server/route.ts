import { defect } from '../defects/switch.ts';
import type { App } from './app.ts';
import type { Call } from './call.ts';

/** What a route answers with. */
export type Reply =
  | { status: number; json: unknown }
  | { status: number; bytes: Buffer; type: string; headers?: Record<string, string> }
  | { status: 204 };

/** Handles a call; the ids are those of the path, empty where it has none. */
type Handler = (app: App, call: Call, box: string, execution: string) => Promise<Reply>;

/** Handlers by path below `/v1` and by method; `*` stands for an id (contract 4.2). */
export type Routes = Record<string, Record<string, Handler>>;

/** 200, and 201 for something new, each with a JSON body. */
export const ok = (json: unknown): Reply => ({ status: 200, json });
export const created = (json: unknown): Reply => ({
  status: defect('created-answers-200') ? 200 : 201,
  json,
});
export const noContent: Reply = { status: 204 };

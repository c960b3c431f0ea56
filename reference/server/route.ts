import { defect } from '../defects/switch.ts';
import type { App, Call } from './app.ts';

/** What a route answers with. */
export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: Buffer;
}

/** Handles a call; the ids are those of the path, empty where it has none. */
type Handler = (app: App, call: Call, box: string, execution: string) => Promise<Reply>;

/** Handlers by path below `/v1` and by method; `*` stands for an id (contract 4.2). */
export type Routes = Record<string, Record<string, Handler>>;

/** A reply with a JSON body. */
export const json = (status: number, value: unknown): Reply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(value)),
});
/** Replies of success: 200, and 201 for something new. */
export const ok = (value: unknown): Reply => json(200, value);
export const created = (value: unknown): Reply => json(defect('created-answers-200') ? 200 : 201, value);
export const noContent: Reply = { status: 204 };

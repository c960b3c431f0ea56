import { z } from 'zod';
import type { Bytes } from './bytes.ts';

/** A directory is copied, or what is in it (`SRC/.`). */
export const treeSchema = z.enum(['directory', 'contents']);
export type Tree = z.infer<typeof treeSchema>;

/** What the copied directory is called. */
export const TREE = 'tree';

/** The files of a copied directory, one with these bytes, and one further down. */
export const filesOfTree = (data: Bytes): Record<string, Bytes> => ({ f: data, 'sub/g': 'deep\n' });

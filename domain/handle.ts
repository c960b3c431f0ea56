import { z } from 'zod';

/** The literal text of a handle is part of a URL or of a command line. */
const LONGEST = 1_000;

/** `box1` is the box that a step made `as: "box1"`; `?text` is the literal text, a box nobody made. */
export const boxRef = z
  .string()
  .regex(
    /^(box[0-9]+|\?(?!-)[^\0]*)$/su,
    'box1, box2 … or "?" and a text without NUL and without "-" in front',
  )
  .max(LONGEST);
/** The handle of a box that a step makes. */
export const boxHandle = z.string().regex(/^box[0-9]+$/);
/** An execution, or the literal text of one that nobody made. */
export const execRef = z
  .string()
  .regex(/^(exec[0-9]+|\?[^\0]+)$/su, 'exec1, exec2 … or "?" and a text without NUL')
  .max(LONGEST);
/** The handle of an execution that a step makes. */
export const execHandle = z.string().regex(/^exec[0-9]+$/);
/** An attach, made or used. */
export const attachHandle = z.string().regex(/^att[0-9]+$/);

/** A HandleKind names the things that steps make, by the first letters of their handles. */
export type HandleKind = 'box' | 'exec' | 'att';

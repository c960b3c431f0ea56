/** Programs that can be asked for at once, wherever: more lanes only keep each other waiting. */
export const MOST_LANES = 64;

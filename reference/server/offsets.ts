/**
 * Header of an attach answer: how many bytes of stdout and stderr were dropped before the replay begins, as
 * `out,err`. This project's own client needs it to continue a cut stream without loss or repetition.
 */
export const offsetsHeader = 'x-boxlite-replay-offsets';

/**
 * Header by which this project's own CLI asks that a box booted for a copy be put back as it was found
 * (contract 4.1, `cp`). Clients that do not know it get the plain behaviour of the files routes.
 */
export const putBackHeader = 'x-boxlite-put-back';

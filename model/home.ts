import type { Surface } from '../domain/surface.ts';

/** Homes never see each other: the local CLI's, the server's that --url and REST share, that of an SDK in local mode. */
export type Home = 'local' | 'server' | 'sdk';

const homes: Partial<Record<Surface, Home>> = { cli: 'local', 'local-sdk': 'sdk' };

/** The home a surface works on: the local CLI and the SDK in local mode have their own, all others share the server's. */
export const homeOf = (via: Surface): Home => homes[via] ?? 'server';

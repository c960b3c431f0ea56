import { newestVersion } from '../domain/identity.ts';

/** Releases of the Python SDK that have a wheel for Linux on x86-64 (contract 15.1), the newest first. */
const wheels = ['0.10.8', '0.10.7', '0.10.6', '0.10.5', '0.10.4', '0.10.3', '0.10.2', '0.10.1', '0.10.0'];

/** The versions that are tested when none is named: on the real runtime, and on the reference. */
export const usualVersions = [newestVersion, '0.10.7'];

/** The release of the Python SDK for a BoxLite version: its own, else the newest that is not newer. */
export function wheelFor(version: string): string {
  const number = (text: string): number => {
    const [, major = 99, minor = 0, patch = 0] = /^(\d+)\.(\d+)\.(\d+)/u.exec(text) ?? [];
    return (Number(major) * 1_000 + Number(minor)) * 1_000 + Number(patch);
  };
  return wheels.find((wheel) => number(wheel) <= number(version)) ?? (wheels.at(-1) as string);
}

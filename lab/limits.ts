/** Power on to the first line of user space: many times what a quiet machine needs. */
export const BOOT_MS = 90_000;
/** From there until ssh and the server answer. */
export const READY_MS = 60_000;
/** A no-op over ssh; beyond this the guest is not coming back. */
export const HEARTBEAT_MS = 20_000;
/** Boots tried before a lab is given up. */
export const BOOT_ATTEMPTS = 3;
/** QEMU's own time to go away after TERM. */
export const QEMU_GRACE_MS = 3_000;
/** Tail of any one log. */
export const LOG_TAIL_BYTES = 64 * 1024;

import type { Applet } from '../../applets/applet.ts';
import { Errno } from '../../errno.ts';
import type { Builtin } from './table.ts';

/** A program the shell has built in: the same code, run in the shell's own process. */
export function fromApplet(applet: Applet): Builtin {
  return async (shell, args, name) => {
    try {
      return await applet({ by: shell.by, name: shell.name === name ? name : `sh: ${name}`, args });
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
      shell.by.check();
      await shell.complain(`${name}: ${error.message}`);
      return 1;
    }
  };
}

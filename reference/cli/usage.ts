/** The command line itself is wrong: exit 2, `error: …` and the usage (contract 1.1). */
export class UsageError extends Error {
  override name = 'UsageError';
  readonly exit: 1 | 2;
  constructor(message: string, exit: 1 | 2 = 2) {
    super(message);
    this.exit = exit;
  }
}

/** One line that shows how each verb is called. */
export const usageOf: Record<string, string> = {
  run: 'boxlite run [OPTIONS] [IMAGE] [COMMAND]...',
  create: 'boxlite create [OPTIONS] [IMAGE] [COMMAND]...',
  exec: 'boxlite exec [OPTIONS] <BOX> -- <COMMAND>...',
  list: 'boxlite list [OPTIONS]',
  rm: 'boxlite rm [OPTIONS] [BOX]...',
  start: 'boxlite start [OPTIONS] <BOX>...',
  stop: 'boxlite stop [OPTIONS] <BOX>...',
  restart: 'boxlite restart [OPTIONS] <BOX>...',
  inspect: 'boxlite inspect [OPTIONS] [BOX]...',
  cp: 'boxlite cp [OPTIONS] <SRC> <DST>',
  logs: 'boxlite logs [OPTIONS] <BOX>',
  stats: 'boxlite stats [OPTIONS] <BOX>',
  serve: 'boxlite serve [OPTIONS]',
};

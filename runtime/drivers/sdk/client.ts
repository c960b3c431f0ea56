import type { CallOptions, SdkAnswer, SdkClient, SdkRequest } from '../../ports/session.ts';
import { drivenAttach } from './attach.ts';
import { type Driver, type SdkProgram, startDriver } from './process.ts';

/** To load the SDK and make its client; the calls behind it have their own deadlines. */
const CONNECT_MS = 60_000;

/** A driver, and the answer to its first call. */
interface Running {
  readonly driver: Driver;
  readonly connected: Promise<SdkAnswer>;
}

/** Makes what an SDK is used through; its process is started by the first call, and asked `first` of all for a runtime. */
export function sdkClient(program: SdkProgram, first: SdkRequest): SdkClient {
  let running: Running | undefined;
  const started = (): Running => {
    if (running) return running;
    const driver = startDriver(program);
    running = { driver, connected: driver.call(first, { timeoutMs: CONNECT_MS }) };
    return running;
  };
  const call = async (request: SdkRequest, options: CallOptions) => {
    const { driver, connected } = started();
    const opened = await connected;
    // Without a runtime there is nothing to be asked.
    return opened.ok === undefined ? opened : driver.call(request, options);
  };
  return {
    call,
    attach: async (request, options) => {
      const name = String(request.held_as);
      const attach = drivenAttach(
        (method, more) => void call({ method, execution: name, ...more }, { timeoutMs: options.timeoutMs }),
      );
      // Before the answer comes: the first output may be on its heels.
      started().driver.attaches.set(name, attach);
      const answer = await call(request, options);
      if (answer.ok === undefined) return { refused: answer };
      return { socket: attach.attached((answer.ok as { id: string }).id) };
    },
    drop: async () => {
      const dying = running;
      running = undefined;
      await dying?.driver.end();
    },
  };
}

export { endedOfStream, exitOfWire } from './exit-code.ts';
export { fromAttach } from './from-attach.ts';
export { type CliExpecting, fromCli } from './from-cli.ts';
export { fromFrames } from './from-frames.ts';
export { fromRest, type RestExpecting } from './from-rest.ts';

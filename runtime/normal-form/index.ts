export { endedOfStream, exitOfWire, fromAttach, fromFrames } from './from-attach.ts';
export { type CliExpecting, fromCli } from './from-cli.ts';
export { fromRest, type RestExpecting } from './from-rest.ts';

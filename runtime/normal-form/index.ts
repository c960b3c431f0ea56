export { type CliExpecting, fromCli } from './from-cli.ts';
export {
  endedOfStream,
  exitOfWire,
  fromAttach,
  fromFrames,
  fromRest,
  type RestExpecting,
} from './from-rest.ts';
export { fromSdk, type SdkExpecting } from './from-sdk.ts';

export { type CliExpecting, fromCli } from './from-cli.ts';
export {
  endedOfStream,
  exitOfWire,
  fromAttach,
  fromFrames,
  fromRest,
  type RestExpecting,
} from './from-rest.ts';

import { expect, test } from 'vitest';
import { isLabBootFailure } from '../../lab/boot-failure.ts';

test.each([
  'Error: engine reported an error: The VM failed to start.',
  '{"error":{"message":"engine reported an error: The VM failed to start.","type":"EngineError","code":"engine_unavailable"}}',
  'Attach failed: status: Unknown, message: "transport error", details: [], metadata: MetadataMap { headers: {} }',
  'Attach stream error: status: Unknown, message: "h2 protocol error: error reading a body from connection", details: []',
  'Error: network error: WebSocket handshake timed out after 30s',
])('a text is taken for trouble of the lab: %s', (text) => expect(isLabBootFailure(text)).toBe(true));

test.each([
  '',
  "Error: internal error: spawn_failed: executable '/no/such' not found in $PATH",
  'Error: Failed to create container',
  '{"error":{"message":"invalid state: Cannot attach to box B: it is stopped","code":"invalid_state"}}',
])('a text is taken for an answer of the runtime: %s', (text) => expect(isLabBootFailure(text)).toBe(false));

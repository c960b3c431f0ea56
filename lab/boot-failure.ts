/**
 * Says whether a text is BoxLite's when a box did not come up, or its VM was lost, in the way an emulated
 * machine makes happen (docs/measurements.md, "The lab", says how often; the next start is fine). By
 * contract 4.5 these are faults of the host only, and here the host is the lab. Such an answer is worth one more
 * try before it is taken for an answer of the runtime. Takes stderr of the CLI, a REST message or a body, or the
 * stderr of an execution, into which BoxLite writes that it lost its own connection to the box.
 */
export function isLabBootFailure(text: string): boolean {
  return PATTERNS.some((pattern) => pattern.test(text));
}

const PATTERNS = [
  /the VM failed to start/i,
  /triple fault/i,
  /KVM_RUN.*(failed|error)/i,
  /WebSocket handshake timed out after/i,
  /status: Unknown, message: "(transport error|h2 protocol error: error reading a body)/i,
];

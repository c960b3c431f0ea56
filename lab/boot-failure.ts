/**
 * Whether a text is what BoxLite says when a box did not come up, in the way an emulated machine under load makes
 * happen (about 1 start in 120, and 1 in 50 on a busy host; the next start is fine). Such an answer is worth one
 * more try before it is taken for an answer of the runtime. Takes stderr of the CLI, a REST message or a body.
 */
export function isLabBootFailure(text: string): boolean {
  return PATTERNS.some((pattern) => pattern.test(text));
}

const PATTERNS = [/the VM failed to start/i, /triple fault/i, /KVM_RUN.*(failed|error)/i];

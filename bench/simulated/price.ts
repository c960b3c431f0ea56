/** What the real runtime takes, seconds: one boot of a VM, and one command beside that. */
export const price = { bootS: 2, commandS: 0.4 } as const;

/** What a program costs at that price. */
export const seconds = ({ boots, commands }: { boots: number; commands: number }): number =>
  boots * price.bootS + commands * price.commandS;

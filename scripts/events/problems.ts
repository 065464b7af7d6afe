/** The command was written wrongly: exit code 2, with the usage. */
export class UsageError extends Error {}

/** The command could not do what it was asked for, and says why and what to do: exit code 1. */
export class OperatorError extends Error {}

/** Whether the service takes work: checks that services add, and a switch that a drain turns off. */
export class Readiness {
  private readonly checks = new Map<string, () => Promise<boolean>>();
  private open = false;

  /** Adds a check that must hold for the service to be ready. */
  require(name: string, check: () => Promise<boolean>): void {
    this.checks.set(name, check);
  }

  /** Takes work from now on, or no more. */
  set accepting(open: boolean) {
    this.open = open;
  }

  /** Every check by name; a check that throws does not hold. */
  async report(): Promise<Record<string, boolean>> {
    const report: Record<string, boolean> = { accepting: this.open };
    for (const [name, check] of this.checks) report[name] = await check().catch(() => false);
    return report;
  }
}

/** Steps that depend on each other: the first that fails ends those of its group. */
export class Steps {
  private passed = 0;
  private failed = 0;
  private skipped = 0;

  readonly report = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };

  /** Runs one step. @throws what it throws, after it was counted */
  async step(name: string, body: () => Promise<string | undefined>): Promise<void> {
    const began = Date.now();
    try {
      const told = await body();
      this.passed += 1;
      this.report(`ok  ${seconds(began)}  ${name}${told === undefined ? '' : `: ${told}`}`);
    } catch (error) {
      this.failed += 1;
      this.report(`  FAILED ${seconds(began)}  ${name}: ${error instanceof Error ? error.message : String(error)}`);
      throw new StepFailed(name);
    }
  }

  /** Runs a group; a failed step ends it, and what it left is shown. */
  async group(body: () => Promise<void>, onFailure: () => Promise<string>): Promise<void> {
    try {
      await body();
    } catch (error) {
      if (!(error instanceof StepFailed)) {
        this.failed += 1;
        this.report(`  FAILED ${error instanceof Error ? error.message : String(error)}`);
      }
      this.report(await onFailure());
    }
  }

  /** Counts what can not be done here. */
  skip(name: string, reason: string): void {
    this.skipped += 1;
    this.report(`skipped  ${name}: ${reason}`);
  }

  /** Prints the sums and gives the exit code. */
  finish(): number {
    const skipped = this.skipped > 0 ? `, ${this.skipped} skipped` : '';
    this.report(`${this.passed} passed, ${this.failed} failed${skipped}`);
    return this.failed === 0 ? 0 : 1;
  }
}

class StepFailed extends Error {}

const seconds = (began: number): string => `${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s`;

/** A server that did not answer, or not as it should. */
export class NoAnswer extends Error {}

/** Text that arrives bit by bit, and those who wait for something in it. */
export class Arrival {
  /** What has arrived and was not taken yet. */
  text = '';
  private failure: (() => string) | undefined;
  private wake: () => void = () => undefined;

  add(data: Buffer | string): void {
    this.text += data.toString();
    this.wake();
  }

  /** Nothing more arrives; who waits is told why. The first call counts. */
  end(reason: () => string): void {
    this.failure ??= reason;
    this.wake();
  }

  get ended(): boolean {
    return this.failure !== undefined;
  }

  /**
   * Waits until something has arrived.
   * @param take gives it, and takes it out of the text; undefined as long as it is not there
   * @throws NoAnswer when it does not come in time
   */
  async take(take: () => string | undefined, seconds: number): Promise<string> {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      const answer = take();
      if (answer !== undefined) return answer;
      if (this.failure) throw new NoAnswer(this.failure());
      const left = end - Date.now();
      if (left <= 0) throw new NoAnswer(`no answer within ${seconds} s`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}

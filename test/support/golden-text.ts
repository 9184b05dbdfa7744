import path from 'node:path';
import { compareWithGolden } from '../../lib/testing/golden-file';

expect.extend({
  toMatchGoldenText(received: string, file: string) {
    const golden = { title: path.basename(file), path: file, content: received };
    const problem = compareWithGolden(this as unknown as Parameters<typeof compareWithGolden>[0], golden);
    return { pass: problem === undefined, message: () => problem ?? `${golden.title} equals its golden file` };
  },
});

/** Expects that a text is the one that was read and approved; `jest -u` writes it anew. */
export function expectGoldenText(text: string, file: string): void {
  (expect(text) as unknown as { toMatchGoldenText(file: string): void }).toMatchGoldenText(file);
}

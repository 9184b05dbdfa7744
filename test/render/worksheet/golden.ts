import path from 'node:path';
import { compareWithGolden } from '../../../lib/testing/golden-file';

expect.extend({
  toMatchGoldenWorksheet(received: string, name: string) {
    const golden = { title: name, path: path.join(__dirname, 'golden', path.basename(name)), content: received };
    const problem = compareWithGolden(this as unknown as Parameters<typeof compareWithGolden>[0], golden);
    return { pass: problem === undefined, message: () => problem ?? `${name} equals its golden file` };
  },
});

/** Compares a worksheet with the one that was read and approved. */
export function expectGolden(text: string, name: string): void {
  (expect(text) as unknown as { toMatchGoldenWorksheet(name: string): void }).toMatchGoldenWorksheet(name);
}

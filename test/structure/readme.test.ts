import { samplesOf } from './readme-samples';
import { exists, source, sources } from './sources';

const samples = ['README.md', 'docs/directories.md', 'docs/mail.md'].flatMap((path) =>
  exists(path) ? samplesOf(source(path).text) : [],
);

test('every sample of the README and the documents is a file of test/examples', () => {
  const shown = Object.fromEntries(samples.map((sample) => [sample.name, sample.text]));
  const tested = Object.fromEntries(
    sources(['test/examples'], ['']).flatMap(({ path, text }) =>
      path.includes('/golden/') ? [] : [[path.slice('test/examples/'.length), text]],
    ),
  );
  expect(shown).toEqual(tested);
});

test('the README shows a stack and its test', () => {
  expect(samples.map((sample) => sample.name)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^(?!.*\.test\.ts$).*\.ts$/), expect.stringMatching(/\.test\.ts$/)]),
  );
});

test('finds the samples of a text', () => {
  const markdown = 'text\n<!-- sample: a.ts -->\n\n```ts\nconst a = 1;\n```\n\n```ts\nno sample\n```\n';
  expect(samplesOf(markdown)).toEqual([{ name: 'a.ts', text: 'const a = 1;\n' }]);
});

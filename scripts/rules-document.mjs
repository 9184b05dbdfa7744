// npm run rules: makes docs/rules.md from the rules it describes.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { load, repository } from './load.mjs';

const { allRules, fileRules, rulesDocument } = await load(
  'rules-document',
  [
    "export { fileRules } from './lib/adopt/files/rules';",
    "export { rulesDocument } from './lib/check/document';",
    "export { allRules } from './lib/check/rules';",
  ].join('\n'),
);
writeFileSync(path.join(repository, 'docs', 'rules.md'), rulesDocument(allRules, fileRules));

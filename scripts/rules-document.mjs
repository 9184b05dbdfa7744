// npm run rules: makes docs/rules.md from the rules it describes.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { load, repository } from './load.mjs';

const { allRules, rulesDocument } = await load(
  'rules-document',
  "export { rulesDocument } from './lib/check/document';\nexport { allRules } from './lib/check/rules';",
);
writeFileSync(path.join(repository, 'docs', 'rules.md'), rulesDocument(allRules));

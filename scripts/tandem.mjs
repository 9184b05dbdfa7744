// npm run tandem -- COMMAND ...: the command line, from the source. --help lists the commands.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { load, repository } from './load.mjs';

// A file of its own for each run, as two may run at a time, and as deep as that of a build: it looks for package.json.
const name = `cli/tandem-${process.pid}`;
process.once('exit', () => rmSync(path.join(repository, 'build', `${name}.js`), { force: true }));
await load(name, `import './lib/cli/main';`);

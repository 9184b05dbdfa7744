// npm run lab -- VERB ...: boots the hosts of a stack as nodes on this machine, and breaks them. --help lists the verbs.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { load, repository } from '../../scripts/load.mjs';

// A file of its own for each run: two of them may run at a time.
const name = `lab-${process.pid}`;
const bundle = path.join(repository, 'build', `${name}.js`);
process.once('exit', () => rmSync(bundle, { force: true }));
const { main } = await load(name, `export * from './test/lab/cli';`);
process.exitCode = await main(process.argv.slice(2), { repository, bundle });

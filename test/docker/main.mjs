// npm run test:docker: directories in containers on a real engine. --provider: through the real Terraform provider;
// compose, quorum, terraform, daemons, ds389, isp-dr: these groups alone.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { load, repository } from '../../scripts/load.mjs';

// A file of its own for each run: two of them may run at a time.
const name = `docker-${process.pid}`;
process.once('exit', () => rmSync(path.join(repository, 'build', `${name}.js`), { force: true }));
const { main } = await load(name, `export * from './test/docker/run';`);
process.exitCode = await main(process.argv.slice(2), repository);

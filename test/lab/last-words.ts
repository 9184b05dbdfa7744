import { readFileSync } from 'node:fs';
import { execute } from './host/execute';
import type { Lab } from './lab';

/** Lines of a console that are shown. */
const LINES = 40;

/** Seconds in which a node that works lets us in. */
const ANSWERS = 15;

/**
 * What a lab in which something went wrong can still tell before it is ended: which nodes let us in, what the kernel of
 * one that does not is waiting for, and the end of each console.
 */
export async function lastWords(lab: Lab, report: (line: string) => void): Promise<void> {
  for (const { name } of lab.plan.nodes) {
    const answers = (await lab.ssh(name, 'uptime', { timeout: ANSWERS })).status === 0;
    if (!answers) for (const key of ['w', 'm', 't']) await sysrq(lab, name, key);
    const console = readFileSync(lab.directory.node(name, 'console.log'), 'utf8').trimEnd().split('\n');
    report(`${name} ${answers ? 'answers' : 'does not answer'}; the end of its console:`);
    for (const line of console.slice(answers ? -LINES : -10 * LINES)) report(`  ${line.trimEnd()}`);
  }
}

/** Magic number, version, length and text of a request, as the kernel's mconsole takes them from a datagram. */
const MCONSOLE = `
import os, socket, struct, sys
server, client, text = sys.argv[1], sys.argv[2], sys.argv[3].encode()
with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as console:
    console.bind(client)
    try:
        console.settimeout(5)
        console.sendto(struct.pack('III512s', 0xcafebabe, 2, len(text), text), server)
        console.recv(8192)
    finally:
        os.unlink(client)
`;

/** The kernel of a node writes to its console what it was asked for, even where no process gets to run. */
async function sysrq(lab: Lab, name: string, key: string): Promise<void> {
  const socket = lab.directory.node(name, 'run', name, 'mconsole');
  await execute('python3', ['-c', MCONSOLE, socket, `${socket}.client`, `sysrq ${key}`], { timeout: 10 });
}

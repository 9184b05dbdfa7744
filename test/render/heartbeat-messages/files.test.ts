import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { files } from '../../../lib/render/heartbeat-messages/files';
import { groupwarePair } from '../../support/pair';

const [file] = files(groupwarePair(), 'hq/ox1');
const { content, activation } = file!;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-messages-'));
  mkdirSync(join(folder, 'etc/ha.d'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const shell = (text: string): string =>
  spawnSync('sh', ['-eu', '-c', text], { encoding: 'utf8', cwd: folder, timeout: 20_000 }).stdout;

test('is the same on both nodes, and on no other host', () => {
  const topology = groupwarePair();
  expect(files(topology, 'hq/ox2')).toEqual([file]);
  expect(files({ ...topology, clusters: [] }, 'hq/ox1')).toEqual([]);
});

test('writes a message at once, as heartbeat reads it', () => {
  writeFileSync(join(folder, 'functions'), content);
  // A reader that takes what one write brings.
  const seen = shell(`. ./functions; HA_FIFO=./fifo; mkfifo fifo
    dd if=fifo bs=4096 count=1 2>/dev/null >seen & ha_clustermsg <<-END
	t=resource
	info=mach_down
	END
    wait; cat seen`);
  expect(seen).toBe('>>>\nt=resource\ninfo=mach_down\n<<<\n');
});

test("is read at the end of heartbeat's own functions, once, and may go away", () => {
  const own = join(folder, 'etc/ha.d/shellfuncs');
  writeFileSync(own, 'ha_clustermsg() { echo pieces; }\n');
  if (activation?.kind !== 'command') throw new Error('no command');
  const command = activation.command.replaceAll('/etc/ha.d', './etc/ha.d');
  shell(command);
  shell(command);
  expect(readFileSync(own, 'utf8').match(/tandem-messages/g)).toHaveLength(2);
  const call = '. ./etc/ha.d/shellfuncs; ha_clustermsg </dev/null';
  expect(shell(call)).toBe('pieces\n');
  writeFileSync(join(folder, 'etc/ha.d/tandem-messages'), content);
  expect(shell(`HA_FIFO=./sent; ${call}; cat sent`)).toBe('>>>\n\n<<<\n');
});

test('makes no functions where heartbeat has none', () => {
  if (activation?.kind !== 'command') throw new Error('no command');
  const { status } = spawnSync('sh', ['-c', activation.command.replaceAll('/etc/ha.d', './none')], { cwd: folder });
  expect(status).not.toBe(0);
});

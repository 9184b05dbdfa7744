import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { noteArrival } from './arrivals';
import type { SinkPlace } from './mail-plan';

/** What the sink does with mail: asks to try later, takes it, or takes it and answers two seconds later. */
export type SinkMode = 'defer' | 'take' | 'slow';

/** Milliseconds until an answer in mode `slow`. */
const SLOW = 2000;

/** What the process of a sink is told. */
export interface SinkSettings extends SinkPlace {
  /** File of what has arrived. */
  readonly arrivals: string;
}

const settingsFile = (folder: string): string => path.join(folder, 'sink.json');
const modeFile = (folder: string): string => path.join(folder, 'sink.mode');
const readyFile = (folder: string): string => path.join(folder, 'sink.ready');

/** Says what the sink of a folder does from now on. */
export function setSinkMode(folder: string, mode: SinkMode): void {
  writeFileSync(modeFile(folder), mode);
}

/** Writes down what the sink of a folder is told. */
export function planSink(folder: string, settings: SinkSettings): void {
  writeFileSync(settingsFile(folder), JSON.stringify(settings));
}

/** Whether the sink of a folder listens. */
export const sinkListens = (folder: string): boolean => existsSync(readyFile(folder));

/** The sink of a folder, inside the lab's network, until standard input ends. */
export function runSink(folder: string): void {
  const { address, port, arrivals } = JSON.parse(readFileSync(settingsFile(folder), 'utf8')) as SinkSettings;
  const mode = (): SinkMode => readFileSync(modeFile(folder), 'utf8') as SinkMode;
  process.stdin.resume();
  process.stdin.once('end', () => process.exit(0));
  sink(arrivals, mode).listen(port, address, () => {
    writeFileSync(readyFile(folder), '');
  });
}

/**
 * A sink that does not listen yet. A message counts when its end has come, as with a store that has it on its disk then:
 * whoever does not hear the answer brings it again.
 * @param arrivals file of what has arrived
 */
export function sink(arrivals: string, mode: () => SinkMode): Server {
  return createServer((socket) => {
    converse(socket, mode, (recipient) => {
      const from = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
      noteArrival(arrivals, { at: Date.now(), from, recipient });
    });
  });
}

/** One conversation of RFC 5321, without extensions. */
function converse(socket: Socket, mode: () => SinkMode, arrived: (recipient: string) => void): void {
  let [rest, reading] = ['', false];
  let recipients: string[] = [];
  const say = (line: string): void => {
    if (!socket.destroyed) socket.write(`${line}\r\n`);
  };
  const command = (line: string): void => {
    const recipient = /^RCPT TO:<([^>]*)>/i.exec(line)?.[1];
    if (recipient !== undefined) {
      if (mode() === 'defer') return say('450 4.2.0 try again later');
      recipients.push(recipient);
      return say('250 2.1.5 ok');
    }
    switch (line.slice(0, 4).toUpperCase()) {
      case 'DATA':
        reading = recipients.length > 0;
        return say(reading ? '354 go on' : '503 5.5.1 no recipient');
      case 'QUIT':
        say('221 2.0.0 bye');
        socket.end();
        return;
      case 'EHLO':
      case 'HELO':
      case 'MAIL':
      case 'RSET':
        recipients = [];
        return say('250 ok');
      default:
        return say('502 5.5.2 not known');
    }
  };
  const take = (): void => {
    const taken = recipients;
    [recipients, reading] = [[], false];
    taken.forEach(arrived);
    if (mode() === 'slow') setTimeout(() => say('250 2.0.0 taken'), SLOW);
    else say('250 2.0.0 taken');
  };
  socket.setEncoding('utf8');
  socket.on('error', () => socket.destroy());
  socket.on('data', (data: string) => {
    rest += data;
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      const line = rest.slice(0, end).replace(/\r$/, '');
      rest = rest.slice(end + 1);
      if (!reading) command(line);
      else if (line === '.') take();
    }
  });
  say('220 sink.example');
}

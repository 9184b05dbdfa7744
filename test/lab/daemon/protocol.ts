import { connect } from 'node:net';
import { LabError } from '../topology-lab/plan';

/** What the daemon is asked for: one line of JSON on its control socket. */
export type Order =
  | { readonly verb: 'power-on' | 'power-cut' | 'reset'; readonly node: string }
  | { readonly verb: 'cable'; readonly whole: boolean }
  | { readonly verb: 'power-switch'; readonly works: boolean }
  | { readonly verb: 'status' };

/** What it answers. */
export interface Answer {
  /** Absent when it was done. */
  readonly error?: string;
  /** Ids of the processes of the nodes that run; with every answer. */
  readonly nodes: Readonly<Record<string, number>>;
  readonly cablesWhole: boolean;
  readonly powerSwitchWorks: boolean;
}

/** Gives an order to the daemon that listens on a socket. */
export function order(control: string, what: Order, seconds = 20): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(control);
    socket.setTimeout(seconds * 1000, () => socket.destroy(new Error(`no answer within ${seconds} s`)));
    socket.on('error', (error) => reject(new LabError(`the daemon of the lab does not answer: ${error.message}`)));
    socket.on('data', (data) => (text += data.toString()));
    socket.on('end', () => {
      const answer = JSON.parse(text) as Answer;
      if (answer.error === undefined) resolve(answer);
      else reject(new LabError(answer.error));
    });
    socket.end(`${JSON.stringify(what)}\n`);
  });
}

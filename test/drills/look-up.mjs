// node look-up.mjs ADDRESS ATTRIBUTE BEFORE AFTER ENTRIES SUFFIX SECONDS: looks up entries by one value, BEFOREnAFTER, on four
// connections with eight questions each, and prints how many were answered in that time. An answer has to be one entry. Messages are
// made by hand (RFC 4511): a client that reads entries takes longer than a server that finds them.
import { Buffer } from 'node:buffer';
import { connect } from 'node:net';

const [address, attribute, before, after, entries, suffix, seconds] = process.argv.slice(2);
const [CONNECTIONS, QUESTIONS] = [4, 8];
const [ENTRY, DONE] = [0x64, 0x65];

const element = (tag, ...contents) => {
  const content = Buffer.concat(contents);
  if (content.length > 127) throw new Error('the question is too long');
  return Buffer.concat([Buffer.from([tag, content.length]), content]);
};
const text = (value, tag = 0x04) => element(tag, Buffer.from(value));
const number = (tag, value) => element(tag, Buffer.from([value]));

/** All but the message id and the value stays the same. */
function question(id, value) {
  return element(
    0x30,
    number(0x02, id),
    element(
      0x63,
      ...[text(suffix), number(0x0a, 2), number(0x0a, 0), number(0x02, 0), number(0x02, 0), number(0x01, 0)],
      element(0xa3, text(attribute), text(`${before}${value}${after}`)),
      element(0x30, text('cn')),
    ),
  );
}

/** The bytes of the message that begins at a place, header included, and where its content begins; undefined: not all there. */
function extent(buffer, at) {
  if (buffer.length < at + 6) return undefined;
  const first = buffer[at + 1];
  const more = first < 128 ? 0 : first - 128;
  const length = more === 0 ? first : buffer.readUIntBE(at + 2, more);
  const whole = 2 + more + length;
  return buffer.length < at + whole ? undefined : { whole, content: at + 2 + more };
}

let [answered, found, over] = [0, 0, false];

function ask() {
  return new Promise((resolve, reject) => {
    const socket = connect(389, address);
    let [rest, waiting] = [Buffer.alloc(0), 0];
    const next = (id) => {
      waiting += 1;
      socket.write(question(id, Math.floor(Math.random() * Number(entries))));
    };
    socket.on('connect', () => {
      for (let id = 1; id <= QUESTIONS; id++) next(id);
    });
    socket.on('error', reject);
    socket.on('data', (data) => {
      rest = Buffer.concat([rest, data]);
      let at = 0;
      for (let message = extent(rest, at); message; message = extent(rest, at)) {
        // The message id is one byte here.
        const tag = rest[message.content + 3];
        if (tag === ENTRY) found += 1;
        if (tag === DONE) {
          if (!over) answered += 1;
          else found -= 1;
          waiting -= 1;
          if (!over) next(rest[message.content + 2]);
        }
        at += message.whole;
      }
      rest = rest.subarray(at);
      if (over && waiting === 0) {
        socket.end();
        resolve();
      }
    });
  });
}

setTimeout(() => (over = true), Number(seconds) * 1000);
await Promise.all(Array.from({ length: CONNECTIONS }, ask));
if (answered === 0 || found !== answered) throw new Error(`${answered} answers hold ${found} entries`);
console.log(answered);

#!/usr/bin/env node
import { terminal } from './terminal';
import { run } from './run';

// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const io = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
  directory: process.cwd(),
  ...terminal(),
};

void run(process.argv.slice(2), io, process.env).then((code) => {
  process.exitCode = code;
});

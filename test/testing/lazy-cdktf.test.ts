import 'tandem-ha/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template, configureGoldenDirectory } from 'tandem-ha/testing';
import { groupwarePair } from '../support/pair';

jest.mock('cdktf', () => {
  throw new Error('cdktf was loaded');
});

const golden = mkdtempSync(join(tmpdir(), 'tandem-golden-'));
configureGoldenDirectory(golden);
afterAll(() => rmSync(golden, { recursive: true }));

test('findings and files are tested without loading cdktf', () => {
  const topology = groupwarePair();
  expect(topology).toHaveNoFindings();
  expect(() => expect(topology).toMatchHostFile('ox1', '/etc/none')).toThrow('gets no such file');
});

test('a template loads it', () => {
  expect(() => Template.of({} as Parameters<typeof Template.of>[0])).toThrow('cdktf was loaded');
});

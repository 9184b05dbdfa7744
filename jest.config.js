'use strict';

const shared = {
  rootDir: __dirname,
  testEnvironment: 'node',
  // Types are checked once by `tsc --noEmit`; tests only need them stripped.
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }] },
  moduleNameMapper: {
    '^tandem-ha$': '<rootDir>/lib/index.ts',
    '^tandem-ha/target$': '<rootDir>/lib/target/index.ts',
    '^tandem-ha/testing$': '<rootDir>/lib/testing/index.ts',
    // A dynamic import needs the extension that the compiled file has.
    '^(\\./(?:commands/.*|schema))\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/cdktf.out/'],
};

module.exports = {
  maxWorkers: 2,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['<rootDir>/test/oracle/'],
    },
    { ...shared, displayName: 'oracle', testMatch: ['<rootDir>/test/oracle/**/*.test.ts'] },
    { ...shared, displayName: 'drills', testMatch: ['<rootDir>/test/drills/**/*.drill.ts'] },
  ],
};

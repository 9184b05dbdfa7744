import { registerMatchers } from './register';

registerMatchers();

export type { ExpectedFinding } from './finding-matchers';
export { configureGoldenDirectory } from './golden-directory';
export type { FindingMatchers, HostFileMatchers } from './matcher-types';
export { matchers } from './register';
export type { MatcherSubject } from './subject';
export { Template, type TemplateResource } from './template';

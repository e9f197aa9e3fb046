// The public API of Sigill. What is not exported here does not exist for plugins.
export * from './api/cards.js';
export * from './api/commands.js';
export * from './api/contribution.js';
export * from './api/documents.js';
export * from './api/log.js';
export * from './api/manifest.js';
export * from './api/net.js';
export * from './api/panels.js';
export * from './api/pins.js';
export * from './api/programs.js';
export * from './api/progress.js';
export * from './api/settings.js';
export * from './api/signing.js';
export * from './api/text.js';
export * from './api/trust.js';
export { type Disposable, DisposableStore } from './disposable.js';
export { Failure, type FailureCode, type FailureData, type Failures, failureData, isFailure } from './failure.js';
export { provide, type Token, token } from './token.js';

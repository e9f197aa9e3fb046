// Simulated cards and readers: for tests, the demo, and behind vpcd against other middleware.
export { apduLine, type LoggedApdu } from './apdu-log.js';
export type { CardCounters } from './card-counters.js';
export { type CardState, cardStates } from './card-state.js';
export type { PinState } from './chip-image.js';
export { type Clock, VirtualClock } from './clock.js';
export { createCard, parseCardName, personalities, restoreCard } from './create-card.js';
export { CardLost, type Fault } from './fault.js';
export { type CardName, cardNames, type CardOptions, type Personality } from './personality.js';
export { type KeypadQuestion, type KeyPresses, SimulatedKeypad } from './reader-keypad.js';
export { scriptedChannel } from './scripted-channel.js';
export { SimulatedCard } from './simulated-card.js';
export { SimulatedReaders } from './simulated-readers.js';
export { type Authority, type TestCa, testCa } from './test-ca.js';

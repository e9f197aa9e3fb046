// What is taken from Web Awesome, piece by piece, and the languages that it speaks.
import '@awesome.me/webawesome/dist/components/button/button.js';
import '@awesome.me/webawesome/dist/components/callout/callout.js';
import '@awesome.me/webawesome/dist/components/details/details.js';
import '@awesome.me/webawesome/dist/components/input/input.js';
import '@awesome.me/webawesome/dist/components/option/option.js';
import '@awesome.me/webawesome/dist/components/progress-bar/progress-bar.js';
import '@awesome.me/webawesome/dist/components/select/select.js';
import '@awesome.me/webawesome/dist/components/switch/switch.js';
import '@awesome.me/webawesome/dist/translations/fi.js';
import '@awesome.me/webawesome/dist/translations/sv.js';
import { registerIconLibrary } from '@awesome.me/webawesome/dist/components/icon/library.js';
import './parts/area-field.js';
import { iconAddress } from './parts/icon.js';

// The components' own icons come from our files: no `data:` address, no other origin.
for (const library of ['default', 'system']) registerIconLibrary(library, { resolver: iconAddress });

import './styles/index.css';
import './components.js';
import { followTheme } from './theme.js';
import { SigillWindow } from './sigill-window.js';

followTheme();
customElements.define('sigill-window', SigillWindow);

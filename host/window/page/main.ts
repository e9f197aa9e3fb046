import './styles/index.css';
import './components.js';
import { SigillWindow } from './sigill-window.js';

customElements.define('sigill-window', SigillWindow);

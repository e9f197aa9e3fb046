// Draws the README's pictures from what the commands really print, and takes those of the window and the tray from what the
// tests left in test/output: `npm test && node docs/pictures/make.mjs` (ImageMagick's `convert` makes them small).
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PDFDocument } from 'pdf-lib';

const root = fileURLToPath(new URL('../..', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'sigill-pictures-'));
const lineHeight = 20;
const charWidth = 8.43;

draw('demo.svg', ['demo', '--lang', 'en'], 'npm run demo');
draw('cards.svg', ['--simulate', 'fineid-org', 'cards', '--lang', 'en'], 'npx sigill cards');
await drawSigning('signed.svg');
rmSync(home, { recursive: true, force: true });
take('window.png', 'screens/ready-en-light.png', '-resize', '900x');
take('sign.png', 'screens/documents-place-en-light.png', '-resize', '900x', '-crop', '900x960+0+0');
take('tray.png', 'tray/xfce-light-menu.png', '-crop', '655x270+0+0');
take('activation.png', 'tray/desktop-activation.png', '-crop', '1160x828+0+0');
take('code-window.png', 'tray/desktop-code-window.png', '-crop', '548x800+660+48');

/** A picture that the tests made, or a part of it, in few colours. */
function take(name, from, ...words) {
  const [source, target] = [join(root, 'test/output', from), join(root, 'docs/pictures', name)];
  execFileSync('convert', [source, ...words, '+repage', '-strip', '+dither', '-colors', '128', `png8:${target}`]);
}

function draw(name, args, shown) {
  const env = { PATH: process.env.PATH, HOME: home, NO_COLOR: '1', COLUMNS: '100' };
  const ran = spawnSync(process.execPath, [join(root, 'host/bin/sigill.js'), ...args], { env, encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(`${shown} ended with ${ran.status}: ${ran.stderr}`);
  writeFileSync(join(root, 'docs/pictures', name), terminal([`$ ${shown}`, ...ran.stdout.trimEnd().split('\n')]));
}

/** A document is signed and verified: the code is the one of every simulated card. */
async function drawSigning(name) {
  const document = await PDFDocument.create();
  document.addPage([595, 842]);
  writeFileSync(join(home, 'offer.pdf'), await document.save());
  const env = { PATH: process.env.PATH, HOME: home, NO_COLOR: '1', COLUMNS: '100' };
  const run = (input, ...words) =>
    spawnSync(
      process.execPath,
      [join(root, 'host/bin/sigill.js'), '--simulate', 'fineid-v4', '--lang', 'en', ...words],
      {
        env,
        input,
        cwd: home,
        encoding: 'utf8',
      },
    ).stdout.trimEnd();
  const signed = run('123456\n', '--pin-stdin', 'pdf', 'sign', 'offer.pdf', '--no-open').replace(`${home}/`, '');
  const lines = [
    '$ npx sigill pdf sign offer.pdf',
    ...signed.split('\n'),
    '',
    '$ npx sigill pdf verify offer-signed.pdf',
    ...run('', 'pdf', 'verify', 'offer-signed.pdf').split('\n').flatMap(wrapped),
  ];
  writeFileSync(join(root, 'docs/pictures', name), terminal(lines));
}

/** Broken between words. */
function wrapped(line) {
  return line.match(/.{1,98}(?:\s|$)/gu) ?? [line];
}

function terminal(lines) {
  const width = Math.ceil(Math.max(60, ...lines.map((line) => line.length)) * charWidth + 40);
  const height = lines.length * lineHeight + 56;
  const text = lines.map(
    (line, at) => `<text x="20" y="${52 + at * lineHeight}" xml:space="preserve">${coloured(line)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<rect width="100%" height="100%" rx="10" fill="#1d2430"/>
<circle cx="22" cy="20" r="6" fill="#ff6159"/><circle cx="42" cy="20" r="6" fill="#ffbd2e"/><circle cx="62" cy="20" r="6" fill="#28c941"/>
<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" fill="#e6e9ef">
${text.join('\n')}
</g>
</svg>
`;
}

function coloured(line) {
  const safe = line.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return safe
    .replace(/[✓●✔]+/g, '<tspan fill="#5ad17a">$&</tspan>')
    .replace(/[✗○]+/g, '<tspan fill="#ff8a80">$&</tspan>');
}

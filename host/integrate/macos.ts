import { join } from 'node:path';
import { shellWords, xmlText } from './quoting.js';
import type { MenuFile, MenuProgram } from './menu-file.js';

const doctype =
  '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n';

/** The Quick Action of the Finder: a workflow bundle of Automator that runs one shell command with the files as arguments. */
export function quickAction(home: string, program: MenuProgram, title: string): readonly MenuFile[] {
  const folder = join(home, 'Library', 'Services', 'Sigill Sign PDF.workflow', 'Contents');
  return [
    { path: join(folder, 'Info.plist'), content: information(title), mode: 0o644 },
    { path: join(folder, 'document.wflow'), content: workflow(`${shellWords(program)} "$@"`), mode: 0o644 },
  ];
}

function information(title: string): string {
  return `${doctype}<plist version="1.0">
<dict>
  <key>NSServices</key>
  <array>
    <dict>
      <key>NSMenuItem</key>
      <dict>
        <key>default</key>
        <string>${xmlText(title)}</string>
      </dict>
      <key>NSMessage</key>
      <string>runWorkflowAsService</string>
      <key>NSRequiredContext</key>
      <dict>
        <key>NSApplicationIdentifier</key>
        <string>com.apple.finder</string>
      </dict>
      <key>NSSendFileTypes</key>
      <array>
        <string>com.adobe.pdf</string>
      </array>
    </dict>
  </array>
</dict>
</plist>
`;
}

function workflow(command: string): string {
  return `${doctype}<plist version="1.0">
<dict>
  <key>AMApplicationVersion</key>
  <string>2.10</string>
  <key>AMDocumentVersion</key>
  <string>2</string>
  <key>actions</key>
  <array>
    <dict>
      <key>action</key>
      <dict>
        <key>ActionBundlePath</key>
        <string>/System/Library/Automator/Run Shell Script.action</string>
        <key>ActionName</key>
        <string>Run Shell Script</string>
        <key>ActionParameters</key>
        <dict>
          <key>COMMAND_STRING</key>
          <string>${xmlText(command)}</string>
          <key>inputMethod</key>
          <integer>1</integer>
          <key>shell</key>
          <string>/bin/sh</string>
        </dict>
        <key>BundleIdentifier</key>
        <string>com.apple.RunShellScript</string>
        <key>Class Name</key>
        <string>RunShellScriptAction</string>
      </dict>
    </dict>
  </array>
  <key>workflowMetaData</key>
  <dict>
    <key>serviceInputTypeIdentifier</key>
    <string>com.apple.Automator.fileSystemObject.PDF</string>
    <key>serviceOutputTypeIdentifier</key>
    <string>com.apple.Automator.nothing</string>
    <key>workflowTypeIdentifier</key>
    <string>com.apple.Automator.servicesMenu</string>
  </dict>
</dict>
</plist>
`;
}

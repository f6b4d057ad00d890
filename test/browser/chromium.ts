/** A real Chromium for tests of pages: the one named by LATCHKEY_CHROMIUM, or `chromium` on the PATH. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMED = process.env['LATCHKEY_CHROMIUM'];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const onPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'chromium'));
const executablePath = NAMED === undefined ? onPath.find(isExecutable) : NAMED;

/** For a test's `skip`: false where there is one. */
export const noChromium: string | false =
  executablePath === undefined ? 'there is no Chromium: install `chromium`, or name one by LATCHKEY_CHROMIUM' : false;

/** @throws Error where there is none */
export function launchChromium(): Promise<Browser> {
  if (executablePath === undefined) throw new Error('There is no Chromium.');
  return chromium.launch({ executablePath });
}

#!/usr/bin/env node
// Plain JavaScript that any Node can read: the rest of the project is TypeScript, which Node runs as it is from 22.18 on.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 18)) {
  await import('./latchkey.ts');
} else {
  console.error(`Latchkey needs Node 22.18 or later, and this is Node ${process.versions.node} (${process.execPath}).`);
  console.error(
    '`npm ci` installs Node 24 beside the project: run `npm start` or `npx latchkey …`, which find it, or install a newer Node.',
  );
  process.exitCode = 1;
}

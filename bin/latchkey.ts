/** The command line's entry: finds the command, gives it environment and arguments, and turns its end into an exit status. */
import { act } from '../client/cli/act.ts';
import { book } from '../client/cli/book.ts';
import { check } from '../client/cli/check.ts';
import type { Command } from '../client/cli/command.ts';
import { connect } from '../client/cli/connect.ts';
import { doors } from '../client/cli/doors.ts';
import { failureText, STATUS, statusOf } from '../client/cli/failure.ts';
import { helpText } from '../client/cli/help.ts';
import { list } from '../client/cli/list.ts';
import { scan } from '../client/cli/scan.ts';
import { show } from '../client/cli/show.ts';
import { spaces } from '../client/cli/spaces.ts';
import { serve } from './serve.ts';
import { start } from './start.ts';
import { version } from './version.ts';
import { worker } from './worker.ts';

const COMMANDS: readonly Command[] = [start, worker, serve, book, list, show, act, scan, check, doors, spaces, connect];

async function main([name = '--help', ...args]: readonly string[]): Promise<number> {
  const terminal = { env: process.env, print: console.log, stdin: process.stdin };
  if (name === '--version' || name === '-v') {
    console.log(version);
    return STATUS.ok;
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command !== undefined && !args.includes('--help')) return command.run({ ...terminal, args });
  const isHelp = command !== undefined || ['--help', '-h', 'help'].includes(name);
  const print = isHelp ? console.log : console.error;
  print(isHelp ? helpText({ commands: command === undefined ? COMMANDS : [command] }) : `There is no command ${JSON.stringify(name)}.`);
  if (!isHelp) print('`latchkey --help` lists all.');
  return isHelp ? STATUS.ok : STATUS.usage;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(failureText(error));
  process.exitCode = statusOf(error);
}

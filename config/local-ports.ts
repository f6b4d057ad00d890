/** The ports of what `start` runs beside the HTTP server, as it kept them in the data folder. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const NAMES = ['temporal', 'seam', 'mail', 'sms'] as const;
const portsSchema = z.record(z.enum(NAMES), z.int().min(0).max(65_535));

export type Ports = z.output<typeof portsSchema>;

const fileIn = (dataDir: string): string => join(dataDir, 'ports.json');

/** null where there are none, or none that can be read. */
export function readLocalPorts(dataDir: string): Ports | null {
  const file = fileIn(dataDir);
  return existsSync(file) ? (portsSchema.safeParse(parsed(readFileSync(file, 'utf8'))).data ?? null) : null;
}

export const writeLocalPorts = ({ dataDir, ports }: { readonly dataDir: string; readonly ports: Ports }): void =>
  writeFileSync(fileIn(dataDir), `${JSON.stringify(ports)}\n`);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

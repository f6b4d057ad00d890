/** The ports of what `start` runs beside the HTTP server, the same at every start where they are free: links and addresses stay right. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { keepPort } from './port.ts';

const NAMES = ['temporal', 'seam', 'mail', 'sms'] as const;
const portsSchema = z.record(z.enum(NAMES), z.int().min(0).max(65_535));

export type Ports = z.output<typeof portsSchema>;

export async function keptPorts(dataDir: string): Promise<Ports> {
  const file = join(dataDir, 'ports.json');
  const last = existsSync(file) ? portsSchema.safeParse(parsed(readFileSync(file, 'utf8'))).data : undefined;
  const { temporal = 0, seam = 0, mail = 0, sms = 0 } = last ?? {};
  const ports = { temporal: await keepPort(temporal), seam: await keepPort(seam), mail: await keepPort(mail), sms: await keepPort(sms) };
  writeFileSync(file, `${JSON.stringify(ports)}\n`);
  return ports;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

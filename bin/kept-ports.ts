/** The ports of what `start` runs beside the HTTP server, the same at every start where they are free: links and addresses stay right. */
import { type Ports, readLocalPorts, writeLocalPorts } from '../config/local-ports.ts';
import { keepPort } from './port.ts';

export async function keptPorts(dataDir: string): Promise<Ports> {
  const { temporal = 0, seam = 0, mail = 0, sms = 0 } = readLocalPorts(dataDir) ?? {};
  const ports = { temporal: await keepPort(temporal), seam: await keepPort(seam), mail: await keepPort(mail), sms: await keepPort(sms) };
  writeLocalPorts({ dataDir, ports });
  return ports;
}

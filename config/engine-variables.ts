/** The engine's own settings, with their defaults. */
import { isIP } from 'node:net';
import { z } from 'zod';
import { type Reading, readGroup, type Variables, webAddress } from './variables.ts';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface EngineSettings {
  /** null: not said, which is `latchkey.yaml` in the working folder. */
  readonly configPath: string | null;
  readonly dataDir: string;
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Without a slash at its end. */
  readonly publicUrl: string | null;
  /** As Fastify's `trustProxy`: all, the number of proxies in front, or their addresses. */
  readonly trustProxy: boolean | number | readonly string[];
  /** Begins every workflow id and every grant key. */
  readonly deployment: string;
  readonly taskQueue: string;
  /** null: not said. */
  readonly logLevel: LogLevel | null;
}

const PROXY_RANGES: readonly string[] = ['loopback', 'linklocal', 'uniquelocal'];
const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/;

function isProxy(text: string): boolean {
  const [ip = '', bits, ...rest] = text.split('/');
  if (PROXY_RANGES.includes(text)) return true;
  return (
    isIP(ip) !== 0 && rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (isIP(ip) === 4 ? 32 : 128)))
  );
}

function proxies(text: string): EngineSettings['trustProxy'] | null {
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const list = text.split(',').map((part) => part.trim());
  return list.every(isProxy) ? list : null;
}

const trustProxy = z.string().transform((text, context) => {
  const trusted = proxies(text);
  if (trusted !== null) return trusted;
  context.addIssue({ code: 'custom', message: 'expected true, false, the number of proxies in front, or their addresses by comma' });
  return z.NEVER;
});

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) <= 65_535;

const schema = z
  .object({
    LATCHKEY_CONFIG: z.string().optional(),
    LATCHKEY_DATA_DIR: z.string().default('.latchkey'),
    LATCHKEY_HOST: z
      .string()
      .regex(/^[A-Za-z0-9.:-]+$/, 'expected a host name or an IP address')
      .default('127.0.0.1'),
    LATCHKEY_PORT: z.string().refine(isPort, 'expected a port, 0 to 65535').default('8080').transform(Number),
    LATCHKEY_PUBLIC_URL: webAddress.optional(),
    LATCHKEY_TRUST_PROXY: trustProxy.default(false),
    LATCHKEY_DEPLOYMENT: z.string().regex(NAME, 'expected at most 40 letters, digits, - and _').default('latchkey'),
    LATCHKEY_TASK_QUEUE: z.string().max(200, 'expected at most 200 characters').default('latchkey'),
    LATCHKEY_LOG_LEVEL: z.enum(LOG_LEVELS, `expected one of ${LOG_LEVELS.join(', ')}`).optional(),
  })
  .transform((set) => ({
    configPath: set.LATCHKEY_CONFIG ?? null,
    dataDir: set.LATCHKEY_DATA_DIR,
    host: set.LATCHKEY_HOST,
    port: set.LATCHKEY_PORT,
    publicUrl: set.LATCHKEY_PUBLIC_URL ?? null,
    trustProxy: set.LATCHKEY_TRUST_PROXY,
    deployment: set.LATCHKEY_DEPLOYMENT,
    taskQueue: set.LATCHKEY_TASK_QUEUE,
    logLevel: set.LATCHKEY_LOG_LEVEL ?? null,
  }));

const NAMES = ['CONFIG', 'DATA_DIR', 'HOST', 'PORT', 'PUBLIC_URL', 'TRUST_PROXY', 'DEPLOYMENT', 'TASK_QUEUE', 'LOG_LEVEL'].map(
  (name) => `LATCHKEY_${name}`,
);

export const readEngine = (env: Variables): Reading<EngineSettings> =>
  readGroup<EngineSettings>({ env, group: { title: 'engine', required: [], optional: NAMES, schema }, needed: true });

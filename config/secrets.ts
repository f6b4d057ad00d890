/**
 * What `start` makes for itself on its first start and finds again on the next: tokens, the encryption key, and the secrets
 * that it shares with its stand-ins. Kept in the data folder, readable by its owner only.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type ApiToken, ROLES, unscopedToken } from './api-tokens.ts';
import { ConfigurationError } from './configuration-error.ts';
import { type EncryptionKey, encryptionKey, KEY_BYTES } from './encryption-keys.ts';

export interface LocalSecrets {
  /** To be printed; nothing of what is in it ever is. */
  readonly path: string;
  /** One of each role, with its `secret`. */
  readonly tokens: readonly ApiToken[];
  readonly encryptionKeys: readonly EncryptionKey[];
  readonly seam: { readonly apiKey: string; readonly webhookSecret: string };
  readonly sms: { readonly accountSid: string; readonly authToken: string };
}

const FILE = 'secrets.json';
const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;

const text = z.string().min(16);
const schema = z.strictObject({
  tokens: z.strictObject({ pms: text, viewer: text, operator: text }),
  encryptionKeys: z.array(z.string().refine((key) => encryptionKey(key) !== null)).min(1),
  seam: z.strictObject({ apiKey: text, webhookSecret: text }),
  sms: z.strictObject({ accountSid: text, authToken: text }),
});
type SecretsFile = z.output<typeof schema>;

/** @throws ConfigurationError where the file is there but is not what was written */
export function loadSecrets(dataDir: string): LocalSecrets {
  mkdirSync(dataDir, { recursive: true, mode: PRIVATE_FOLDER });
  const path = join(dataDir, FILE);
  if (!existsSync(path)) create(path);
  chmodSync(path, PRIVATE_FILE);
  return read(path);
}

/** For the command line of the same machine; null where none were made. @throws ConfigurationError as `loadSecrets` */
export function findSecrets(dataDir: string): LocalSecrets | null {
  const path = join(dataDir, FILE);
  return existsSync(path) ? read(path) : null;
}

function read(path: string): LocalSecrets {
  const file = parse(path);
  return {
    path,
    tokens: ROLES.map((role) => unscopedToken({ name: role, role, secret: file.tokens[role] })),
    encryptionKeys: file.encryptionKeys.map(encryptionKey).filter((key) => key !== null),
    seam: file.seam,
    sms: file.sms,
  };
}

/** Whole or not at all, and never over another: a link to an existing name fails, so of two first starts one wins. */
function create(path: string): void {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const descriptor = openSync(draft, 'wx', PRIVATE_FILE);
  try {
    writeSync(descriptor, `${JSON.stringify(fresh(), null, 2)}\n`);
    fsyncSync(descriptor);
    linkSync(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    closeSync(descriptor);
    rmSync(draft, { force: true });
  }
}

function parse(path: string): SecretsFile {
  const parsed = schema.safeParse(json(readFileSync(path, 'utf8')));
  if (parsed.success) return parsed.data;
  const remedy = 'Restore it; or delete the whole data folder: without this file nothing that is kept there can be read';
  throw new ConfigurationError([{ where: path, what: 'is not the file of secrets that was written there', remedy }]);
}

function json(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}

const token = (prefix: string): string => `${prefix}_${randomBytes(24).toString('base64url')}`;

/** The forms are those of the real services, so that the real clients take them. */
const fresh = (): SecretsFile => ({
  tokens: { pms: token('pms'), viewer: token('viewer'), operator: token('operator') },
  encryptionKeys: [`local:${randomBytes(KEY_BYTES).toString('base64')}`],
  seam: { apiKey: `seam_standin_${randomBytes(16).toString('hex')}`, webhookSecret: `whsec_${randomBytes(24).toString('base64')}` },
  sms: { accountSid: `AC${randomBytes(16).toString('hex')}`, authToken: randomBytes(16).toString('hex') },
});

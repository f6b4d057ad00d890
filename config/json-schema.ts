/**
 * The JSON Schema of the configuration file, for editors: `# yaml-language-server: $schema=…/latchkey.schema.json`.
 * `node config/json-schema.ts` writes it anew.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { configurationSchema } from './configuration-schema.ts';

export const jsonSchemaFile = fileURLToPath(new URL('./latchkey.schema.json', import.meta.url));

export function jsonSchemaText(): string {
  const schema = z.toJSONSchema(configurationSchema, { io: 'input', target: 'draft-7' });
  return `${JSON.stringify({ title: 'Latchkey configuration', ...schema }, null, 2)}\n`;
}

if (import.meta.main) writeFileSync(jsonSchemaFile, jsonSchemaText());

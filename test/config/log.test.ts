import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogger, type Logger } from '../../config/log.ts';
import { redact } from '../../config/redaction.ts';

const PLANTED = {
  code: '482193',
  grouped: '48 21 93',
  link: 'https://ik.seam.co/Xy12Za',
  email: "ada.o'hara+x@guests.example.com",
  phone: '+351 912-345 678',
  national: '912345678',
  bearer: 'Bearer op-0123456789abcdef',
  apiKey: 'seam_test2ZTo_0mEYQW2TvNDCxG5Atpj85Ffw',
  webhookSecret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZg==',
  smtp: 'smtps://ada:pa55word@mail.example.com',
  pass: '/pass/v4.local.abcDEF',
} as const;
const HIDDEN = [
  '482193',
  '48 21 93',
  'Xy12Za',
  'guests.example',
  '912',
  '678',
  '0123456789abcdef',
  '0mEYQW2',
  'MDEyMzQ1',
  'pa55word',
  'abcDEF',
  'Lovelace',
  'Hidden',
];

function capture(level: 'debug' | null = 'debug'): { log: Logger; lines: () => string } {
  const lines: string[] = [];
  const log = createLogger({ role: 'worker', level, stream: { write: (line) => void lines.push(line) } });
  return { log, lines: () => lines.join('') };
}

function assertClean(text: string): void {
  for (const secret of HIDDEN) assert.ok(!text.includes(secret), `${secret} in ${text}`);
}

test('planted contacts, codes and credentials are taken out of any text', () => {
  for (const secret of Object.values(PLANTED)) assertClean(redact(`before ${secret}, after`));
  assertClean(redact(`{"full_name":"Ada \\"Hidden\\" Lovelace","code":"1x","email_address":"x"}`));
  assertClean(redact('{"client_session_token":"Hidden","card_number":"Hidden"}'));
});

test('planted secrets reach no line, in whatever place of a record, an error, a child logger or a message they stand', () => {
  const { log, lines } = capture();
  const failed = Object.assign(new Error(`550 <${PLANTED.email}> refused ${PLANTED.code}`, { cause: new Error(`to ${PLANTED.phone}`) }), {
    code: 'ECONNREFUSED',
    config: { headers: { authorization: PLANTED.bearer }, data: 'Ada Lovelace' },
  });
  log.info(
    { guest: { fullName: 'Ada Lovelace', contact: [PLANTED.email, PLANTED.phone] }, deep: [{ x: { pin_code: PLANTED.code } }] },
    'guest told',
  );
  log.info({ name: 'Ada Lovelace', 'X-Api-Key': 'Hidden', refreshToken: 'Hidden', Set_Cookie: ['Hidden'] }, 'fields');
  log.error(failed, `failed for ${PLANTED.email} with ${PLANTED.code}`);
  log.warn('interpolated %s %o', PLANTED.link, { note: PLANTED.national });
  log.child({ workflowId: `latchkey:mews:${PLANTED.email}`, note: PLANTED.grouped }).info({ url: PLANTED.pass }, PLANTED.smtp);
  assertClean(lines());
  assert.match(lines(), /"errorCode":"ECONNREFUSED"/);
  for (const line of lines().trimEnd().split('\n')) assert.equal(typeof JSON.parse(line), 'object');
});

test('what operators need stays: ids of ours, times, ports, numbers, lines of source files', () => {
  const { log, lines } = capture();
  const kept = {
    workflowId: 'latchkey:mews:R-104200',
    accessGrantId: '5d7c1a90-3f42-4b18-9c6e-012345678901',
    startsAt: '2026-12-01T15:00:00Z',
    durationMs: 48219,
    reservationKey: 'mews:104200',
  };
  log.info(kept, 'grant created');
  assert.deepEqual({ ...JSON.parse(lines()), time: 0 }, { level: 'info', time: 0, role: 'worker', ...kept, msg: 'grant created' });
  for (const text of [
    'connect ECONNREFUSED 127.0.0.1:7233',
    'until 2026-12-01T15:00:00.000Z',
    'method 5d7c1a90-3f42-4b18-9c6e-012345678901',
    'at x.ts:1234:56',
    'http://mail.example.com:1025/x',
    'retry 12 of 100',
  ])
    assert.equal(redact(text), text);
});

test('the level is info in production and warn on a terminal, unless it is said', () => {
  const levels = (['worker', 'serve', 'start', 'cli'] as const).map(
    (role) => createLogger({ role, level: null, stream: { write: () => undefined } }).level,
  );
  assert.deepEqual(levels, ['info', 'info', 'warn', 'warn']);
  assert.equal(capture().log.level, 'debug');
});

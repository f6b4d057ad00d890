import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SegmentedMessage } from 'sms-segments-calculator';
import { renderSms } from '../../../activities/words/render-sms.ts';
import { LANGUAGES } from '../../../workflows/domain/languages.ts';
import type { Notice } from '../../../workflows/domain/notice.ts';
import { aRecipient, aRoom, aSender, EVERY_NOTICE, facts, ready, SECRETS } from '../../support/notices.ts';

const PASS = 'https://stay.example.com/pass/v1.k1.Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFy';
const NAMES = [
  'Ada Lovelace',
  'Maria da Conceição Gonçalves de Sá Magalhães',
  'Karl-Theodor Maria Nikolaus Johann Jacob Philipp Franz Joseph',
  'Đorđe Živković-Štefanović',
  'Þórður Ægir Óskarsson',
  'Nguyễn Thị Ánh Tuyết',
  'Łukasz Brzęczyszczykiewicz',
  'Özgür Çağlayan İstanbullu',
  'Françoise Œillet-d’Hérouville',
  '王小明',
  'محمد بن عبد الله',
  'Σωκράτης Παπαδόπουλος',
  'Иван Иванов',
  '🌸 Yuki 🌸',
  "Siobhán “Shiv” O'Connor…",
  'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch AB',
  '',
];
/** A house and its door. */
const HOUSES = [
  ['Harbour House', 'Front door'],
  ['Hôtel de l’Étoile & Spa Saint-Germain-des-Prés', 'Entrée principale côté jardin (rez-de-chaussée)'],
  ['Gästehaus „Zum Goldenen Hirschen“', 'Haustür'],
  ['東京ホテル', '正门'],
] as const;

interface Change {
  readonly notice: Notice;
  readonly language?: string;
  readonly name?: string;
  readonly propertyName?: string;
  readonly passUrl?: string | null;
}

const sms = ({ notice, language = 'en', name = 'Ada Lovelace', propertyName = 'Harbour House', passUrl = null }: Change): string =>
  renderSms({ notice, recipient: aRecipient({ language, name }), sender: aSender({ propertyName }), secrets: SECRETS, passUrl });

test('one room with one door and a six-digit code takes at most two GSM-7 parts, whatever guest, house and door are called', () => {
  for (const language of [...LANGUAGES, 'en-US', 'es-MX', 'pt-BR', 'fr-CA']) {
    for (const name of NAMES) {
      for (const [propertyName, door] of HOUSES) {
        const notice = ready(aRoom({ doors: [{ id: 'front', kind: 'entrance', name: door }] }));
        const body = sms({ notice, language, name, propertyName });
        const { encodingName, segmentsCount } = new SegmentedMessage(body);
        assert.equal(encodingName, 'GSM-7', body);
        assert.ok(segmentsCount <= 2, `${segmentsCount} parts: ${body}`);
        assert.match(body, /: 482 913\n/);
      }
    }
  }
});

test('with an ordinary name that takes one part', () => {
  for (const language of LANGUAGES)
    assert.equal(new SegmentedMessage(sms({ notice: ready(aRoom()), language })).segmentsCount, 1, language);
});

test('every other kind is GSM-7 too, within three parts, and whole', () => {
  for (const language of LANGUAGES) {
    for (const notice of EVERY_NOTICE) {
      for (const passUrl of [null, PASS]) {
        const body = sms({
          notice,
          language,
          passUrl,
          name: 'Maria da Conceição Gonçalves de Sá Magalhães',
          propertyName: 'Pousada São João',
        });
        const { encodingName, segmentsCount } = new SegmentedMessage(body);
        assert.equal(encodingName, 'GSM-7', body);
        assert.ok(segmentsCount <= 3, `${segmentsCount} parts: ${body}`);
        assert.doesNotMatch(body, /undefined|\bnull\b|NaN|\[object Object\]|\{\{|\$\{/);
        assert.ok(!body.includes('\n\n') && body.trim() === body, body);
      }
    }
  }
});

test('a name is spelled in plain letters, left out where it has none, and comes before the code', () => {
  const greeting = (name: string) => sms({ notice: ready(aRoom()), name }).split('\n')[0];
  assert.equal(greeting('Đorđe Živković'), 'Harbour House: Hello Dorde Zivkovic,');
  assert.equal(greeting('王小明'), 'Harbour House: Hello,');
  assert.equal(greeting('Anna Иванова'), 'Harbour House: Hello,');
  assert.equal(greeting('🌸 Yuki 🌸'), 'Harbour House: Hello Yuki,');
  assert.equal(greeting('x\r\nCode: 0000 {{a}} https://evil.example'), 'Harbour House: Hello x Code: 0000 a,');
  assert.equal(greeting('null'), 'Harbour House: Hello,');
});

test('the whole of it: doors by name, code, times with the weekday, help', () => {
  assert.equal(
    sms({ notice: ready(aRoom()) }),
    'Harbour House: Hello Ada Lovelace,\nYour access:\nRoom 101\nOpens: Front door\nCode: 482 913\nTue 1 Dec 15:00 - Fri 4 Dec 11:30\nHelp: +351 911 000 000',
  );
});

test('with content pass an SMS holds the link, whole, and no code', () => {
  for (const language of LANGUAGES) {
    const body = sms({ notice: { kind: 'access_ready', facts: facts(aRoom()), content: 'pass' }, language, passUrl: PASS });
    assert.ok(
      body.split('\n').some((line) => line.endsWith(` ${PASS}`)),
      body,
    );
    assert.doesNotMatch(body, /482/);
  }
});

test('a card is told with the hours of the desk, in at most two parts', () => {
  const notice = ready(aRoom({ keys: [{ accessMethodId: 'method-3', mode: 'card', fingerprint: null, doors: ['front'] }] }));
  for (const language of [...LANGUAGES, 'en-US']) {
    const sender = aSender({ deskHours: { from: 7 * 60, to: 23 * 60 } });
    const body = renderSms({ notice, recipient: aRecipient({ language, name: 'Ada Lovelace' }), sender, secrets: SECRETS, passUrl: null });
    const { encodingName, segmentsCount } = new SegmentedMessage(body);
    assert.match(body, /([cz]ep|desk)[^\n]*0?7:00[^\n]*(23:00|11:00 PM)/, body);
    assert.deepEqual([encodingName, segmentsCount <= 2], ['GSM-7', true], body);
  }
});

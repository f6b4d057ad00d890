import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApplicationFailure } from '@temporalio/common';
import { renderMail } from '../../../activities/words/render-mail.ts';
import { LANGUAGES } from '../../../workflows/domain/languages.ts';
import type { Notice, RoomFact } from '../../../workflows/domain/notice.ts';
import { aRecipient, aRoom, aSender, changed, EVERY_NOTICE, facts, ready, SECRETS, WINDOW } from '../../support/notices.ts';

const PASS = 'https://stay.example/pass/token';
const HOUR = 3_600_000;

interface Change {
  readonly language?: string;
  readonly name?: string;
  readonly passUrl?: string | null;
  readonly sender?: Parameters<typeof aSender>[0];
}

const mail = (notice: Notice, { language = 'en', name = 'Ada Lovelace', passUrl = null, sender = {} }: Change = {}) =>
  renderMail({
    notice,
    recipient: aRecipient({ language, name }),
    sender: aSender(sender),
    secrets: SECRETS,
    passUrl,
    messageId: '<m1@stay.example>',
  });

/** What a reader of the HTML sees, without what only machines read. */
const seen = (html: string): string =>
  html
    .replace(/<head>.*<\/head>/su, '')
    .replace(/<[^>]*>/gu, '')
    .replace(/&#39;/gu, "'")
    .replace(/&quot;/gu, '"')
    .replace(/&lt;/gu, '<')
    .replace(/&gt;/gu, '>')
    .replace(/&amp;/gu, '&')
    .replace(/\s+/gu, ' ')
    .trim();
const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim();

test('every kind in every language is whole: greeting, signature, help, the same in text and HTML, no placeholder anywhere', () => {
  for (const language of LANGUAGES) {
    for (const notice of EVERY_NOTICE) {
      for (const passUrl of [null, PASS]) {
        const { text, html, subject, language: tag } = mail(notice, { language, passUrl });
        const about = `${language} ${notice.kind}`;
        assert.equal(seen(html), oneLine(text), `${about}: text and HTML differ`);
        assert.doesNotMatch(`${subject} ${text} ${html}`, /undefined|\bnull\b|NaN|\[object Object\]|\{\{|\$\{|Invalid Date/, about);
        assert.match(subject, /Harbour House/, about);
        assert.ok(html.includes(`<html lang="${tag}"`) && tag.startsWith(language), about);
        if (notice.kind === 'staff_alert') continue;
        assert.match(text, /^.*Ada Lovelace.*\n/, about);
        assert.ok(text.includes('+351 911 000 000') && text.endsWith('\nHarbour House\n'), about);
      }
    }
  }
});

test('a code shows grouped in the body, and never in the subject, the first hundred characters or the calendar file', () => {
  for (const language of LANGUAGES) {
    for (const notice of EVERY_NOTICE.slice(0, 3)) {
      const short = mail(notice, { language, name: '', sender: { propertyName: 'H' } });
      for (const hidden of [short.subject, short.text.slice(0, 100), seen(short.html).slice(0, 100), short.calendar ?? '']) {
        assert.doesNotMatch(hidden, /482\s?913|7351/, `${language} ${notice.kind}`);
      }
    }
    assert.match(mail(ready(aRoom()), { language }).text, /: 482 913\n/);
  }
});

test('with content pass a message holds the link to the page and no code; without a link the desk opens', () => {
  const notice: Notice = { kind: 'access_ready', facts: facts(aRoom()), content: 'pass' };
  const linked = mail(notice, { passUrl: PASS });
  assert.ok(linked.text.includes(PASS) && linked.html.includes(`<a href="${PASS}">`));
  const bare = mail(notice).text;
  assert.match(bare, /desk/);
  for (const text of [linked.text, linked.html, bare]) assert.doesNotMatch(text, /482/);
});

test('each mode is told in its own way: link of the Instant Key, card at the desk, page for a cloud key', () => {
  const key = (mode: 'card' | 'mobile_key' | 'cloud_key', fingerprint: string | null = null) =>
    aRoom({ keys: [{ accessMethodId: 'method-3', mode, fingerprint, doors: ['front'] }] });
  const mobile = mail(ready(key('mobile_key', 'k1.print')));
  assert.ok(mobile.text.includes('Mobile key: https://ik.seam.example/abc?x=1&y=2\n'));
  assert.ok(mobile.html.includes('<a href="https://ik.seam.example/abc?x=1&amp;y=2">'));
  assert.match(mail(ready(key('mobile_key'))).text, /Mobile key: at the desk/);
  assert.match(mail(ready(key('card'))).text, /Key card: at the desk/);
  const cards = ['a', 'b'].map((accessMethodId) => ({ accessMethodId, mode: 'card' as const, fingerprint: null, doors: ['front'] }));
  assert.match(mail(ready(aRoom({ keys: cards }))).text, /Key card \(2\): at the desk/);
  assert.ok(mail(ready(key('cloud_key')), { passUrl: PASS }).text.includes(PASS));
  assert.match(mail(ready(key('cloud_key'))).text, /ask at the desk/);
});

test('who is sent to the desk is told when somebody is there, by the clock of the language, and nobody else is', () => {
  const deskHours = { from: 7 * 60, to: 23 * 60 + 30 };
  const card = ready(aRoom({ keys: [{ accessMethodId: 'method-3', mode: 'card', fingerprint: null, doors: ['front'] }] }));
  const page: Notice = { kind: 'access_ready', facts: facts(aRoom()), content: 'pass' };
  const late: Notice = { kind: 'access_pending', startsAt: WINDOW.startsAt, unitIds: ['101'] };
  for (const language of LANGUAGES)
    for (const notice of [card, page, late]) {
      const { text } = mail(notice, { language, sender: { deskHours, helpLine: null } });
      assert.match(text, /([cz]ep|desk)[^\n]*0?7:00[^\n]*23:30/, `${language} ${notice.kind}`);
    }
  assert.match(mail(card, { language: 'en-US', sender: { deskHours } }).text, /open from 7:00\sAM to 11:30\sPM\./);
  assert.doesNotMatch(mail(ready(aRoom()), { sender: { deskHours } }).text, /23:30/);
  assert.doesNotMatch(mail(card).text, /desk is open/);
});

test('a new link to the page is told as a change of its own, and that only the new one counts', () => {
  const room = aRoom({ keys: [{ accessMethodId: 'method-3', mode: 'cloud_key', fingerprint: null, doors: ['front'] }] });
  for (const content of ['code', 'pass'] as const) {
    const notice: Notice = { kind: 'access_changed', facts: { ...facts(room), pass: 1 }, before: facts(room), content };
    const { text, subject } = mail(notice, { passUrl: PASS });
    assert.match(subject, /has changed/);
    assert.ok(text.includes(PASS) && text.includes('use only the new one'));
    assert.doesNotMatch(text, /From:|Front door/);
  }
});

test('times are the property’s, with the weekday, on both sides of a clock change', () => {
  const across = { startsAt: Date.UTC(2026, 9, 24, 14), endsAt: Date.UTC(2026, 9, 25, 11) };
  const room = aRoom({ window: across });
  const lisbon = mail(ready(room));
  assert.match(lisbon.text, /From: Saturday,? 24 October 2026, 15:00\nUntil: Sunday,? 25 October 2026, 11:00/);
  assert.match(lisbon.calendar ?? '', /DTSTART;TZID=Europe\/Lisbon:20261024T150000\r\nDTEND;TZID=Europe\/Lisbon:20261025T110000/);
  assert.match(lisbon.calendar ?? '', /DTSTART:20261025T020000\r\nTZOFFSETFROM:\+0100\r\nTZOFFSETTO:\+0000/);
  assert.match(mail(ready(room), { sender: { timeZone: 'Asia/Kathmandu' } }).text, /From: Saturday,? 24 October 2026, 19:45/);
  assert.match(
    mail(ready(room), { sender: { timeZone: 'Pacific/Auckland' }, language: 'de' }).text,
    /Von: Sonntag, 25. Oktober 2026, 03:00 Uhr/,
  );
});

test('two rooms stand in one letter, each with its own code, and a code that opens only some doors names them', () => {
  const doors = [
    { id: 'front', kind: 'entrance', name: 'Front door' },
    { id: 'own', kind: 'device', name: 'Room door' },
  ] as const;
  const first = aRoom({
    doors,
    keys: [
      { accessMethodId: 'method-1', mode: 'code', fingerprint: 'k1.aa', doors: ['front'] },
      { accessMethodId: 'method-2', mode: 'code', fingerprint: 'k1.bb', doors: ['own'] },
    ],
  });
  const second = aRoom({
    roomId: '2',
    unitId: 'Seaview',
    keys: [{ accessMethodId: 'method-2', mode: 'code', fingerprint: 'k1.bb', doors: ['front'] }],
  });
  const { text } = mail(ready(first, second));
  assert.match(
    text,
    /Room 101\nOpens: Front door, Room door\nCode \(Front door\): 482 913\nCode \(Room door\): 7351\n\nSeaview\nOpens: Front door\nCode: 7351\n/,
  );
  assert.equal(text.match(/From: /g)?.length, 1, 'the times that both share are said once');
});

test('a change says only what changed', () => {
  const before = aRoom();
  const says = (now: RoomFact) => mail(changed(before, now)).text;
  const code = says(aRoom({ keys: [{ accessMethodId: 'method-2', mode: 'code', fingerprint: 'k1.bb', doors: ['front'] }] }));
  assert.match(code, /New code: 7351/);
  assert.doesNotMatch(code, /From:|opens/i);
  const later = says(
    aRoom({
      window: { ...WINDOW, endsAt: WINDOW.endsAt + HOUR },
      keys: before.keys.map((key) => ({ ...key, accessMethodId: 'reissued' })),
    }),
  );
  assert.match(later, /New times\nFrom: .*15:00\nUntil: .*12:30/);
  assert.doesNotMatch(later, /482|code|opens:/i);
  const doors = says(aRoom({ doors: [...before.doors, { id: 'pool', kind: 'entrance', name: 'Pool' }] }));
  assert.match(doors, /Now opens: Front door, Pool/);
  assert.doesNotMatch(doors, /482|From:/);
  const moved = says(
    aRoom({ unitId: '203', keys: [{ accessMethodId: 'method-2', mode: 'code', fingerprint: 'k1.bb', doors: ['front'] }] }),
  );
  assert.match(moved, /Room 203 instead of Room 101[^]*New code: 7351/);
});

test('a room that is added or taken away is named, and the rooms that stay are not repeated', () => {
  const second = aRoom({
    roomId: '2',
    unitId: '102',
    keys: [{ accessMethodId: 'method-2', mode: 'code', fingerprint: 'k1.bb', doors: ['front'] }],
  });
  const added = mail({ kind: 'access_changed', facts: facts(aRoom(), second), before: facts(aRoom()), content: 'code' }).text;
  assert.match(added, /New: Room 102\.[^]*Code: 7351/);
  assert.doesNotMatch(added, /101|482/);
  const gone = mail({ kind: 'access_changed', facts: facts(aRoom()), before: facts(aRoom(), second), content: 'code' }).text;
  assert.match(gone, /Room 102 is no longer part of your stay/);
  assert.doesNotMatch(gone, /101|482|7351/);
});

test('new times of one room stand with that room, so that they do not read as those of all', () => {
  const second = aRoom({ roomId: '2', unitId: '102' });
  const moved = { ...second, window: { ...WINDOW, endsAt: WINDOW.endsAt + HOUR } };
  const { text } = mail({ kind: 'access_changed', facts: facts(aRoom(), moved), before: facts(aRoom(), second), content: 'code' });
  assert.match(text, /Room 102\nNew times:\nFrom: .*\nUntil: .*12:30\n/);
});

test('a change that a guest cannot see is told as the whole truth, never as an empty letter', () => {
  assert.match(mail(changed(aRoom(), aRoom())).text, /is ready[^]*From:[^]*Code: 482 913/);
});

test('hostile names stay text in HTML, header and calendar', () => {
  const name = '<script>alert(1)</script>\r\nBcc: all@example.com {{code}} ${code} https://evil.example/x \u202Egnp';
  const door = { id: 'front', kind: 'entrance', name: '<img src=x onerror=y>"\r\nEND:VEVENT\r\nBEGIN:VEVENT' } as const;
  const message = mail(ready(aRoom({ unitId: 'A"><b>&', doors: [door] })), {
    name,
    sender: { propertyName: 'H;A,B\r\nBEGIN:VEVENT\r\nBcc: x' },
  });
  const { text, html, subject, calendar } = message;
  assert.doesNotMatch(html, /<(script|img|b)\b/);
  assert.doesNotMatch(`${subject}${text}${html}`, /\{\{|\$\{|evil\.example|\u202E/);
  assert.doesNotMatch(subject, /[\r\n]/);
  assert.doesNotMatch(text, /^(Bcc|BEGIN|END):/m);
  assert.equal(calendar?.match(/^BEGIN:VEVENT/gm)?.length, 1);
  assert.match(calendar ?? '', /LOCATION:H\\;A\\,B BEGIN:VEVENT Bcc: x\r\n/);
});

test('what needs no cleaning, such as a help line or a cause, is escaped all the same', () => {
  const { html } = mail(ready(aRoom()), { sender: { helpLine: '<b onclick="x">&\'' } });
  assert.ok(html.includes('&lt;b onclick=&quot;x&quot;&gt;&amp;&#39;') && !html.includes('<b '));
});

test('a calendar event keeps its id when the stay moves, is written in UTC where it must, and only comes with times', () => {
  const first = mail(ready(aRoom())).calendar ?? '';
  const moved = mail(changed(aRoom(), aRoom({ window: { ...WINDOW, endsAt: WINDOW.endsAt + HOUR } }))).calendar ?? '';
  const uid = (file: string) => /^UID:(.+)$/m.exec(file)?.[1];
  assert.ok(uid(first));
  assert.equal(uid(first), uid(moved));
  assert.match(first, /METHOD:PUBLISH[^]*DTSTAMP:\d{8}T\d{6}Z/);
  for (const notice of EVERY_NOTICE.slice(2)) assert.equal(mail(notice).calendar?.includes('DTSTART;TZID') ?? false, false, notice.kind);
});

test('a language with a region keeps its dates and gets the words of its language; one that we lack gets English', () => {
  assert.match(mail(ready(aRoom()), { language: 'en-US' }).text, /Tuesday, December 1, 2026, 3:00\sPM/);
  assert.match(mail(ready(aRoom()), { language: 'pt-BR' }).html, /lang="pt-BR"[^]*O seu acesso/);
  for (const language of ['ja', 'not a tag', '']) assert.match(mail(ready(aRoom()), { language }).text, /Your access/);
});

test('a key whose secret is not at hand stops the letter instead of leaving a hole in it', () => {
  const notice = ready(aRoom({ keys: [{ accessMethodId: 'unknown', mode: 'code', fingerprint: 'k1.cc', doors: ['front'] }] }));
  assert.throws(
    () => mail(notice),
    (error) => error instanceof ApplicationFailure && error.type === 'Unexpected',
  );
});

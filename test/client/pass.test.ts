import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { RATES } from '../../client/http/rate-limits.ts';
import { Conflict, NoWorker, TemporalUnavailable } from '../../client/refusals.ts';
import { parseConfiguration } from '../../config/properties.ts';
import type { Action } from '../../workflows/messages.ts';
import { aKey, aPassRoom, aPassView, beforeArrival, FRONT_DOOR } from '../support/passes.ts';
import { passTokens, type Serving, serve } from './serving.ts';

const HOLDER = { source: 'mews-lisbon', reservationId: 'R-1', guestId: 'g1', generation: 0 };
const LINK = 'https://ik.seam.co/ABCDEF';
const SECRETS: Readonly<Record<string, string>> = { 'method-code': '471147', 'method-mobile_key': LINK };
const PATH = `/pass/${passTokens.seal(HOLDER)}`;
const PAGE = { accept: 'text/html' };
const JSON_TYPE = { 'content-type': 'application/json' };

let serving: Serving;
let revealed: string[] = [];
const reveal = async (accessMethodId: string): Promise<string | null> => {
  revealed.push(accessMethodId);
  return SECRETS[accessMethodId] ?? null;
};

before(async () => {
  serving = await serve({ overrides: { reveal }, rates: { ...RATES, pass: { max: 1_000, windowMs: 60_000 } } });
});
beforeEach(() => {
  serving.asked.length = 0;
  revealed = [];
  serving.facade.pass = async () => aPassView();
  serving.facade.act = async () => ({ outcome: 'requested', actionAttemptId: 'attempt-1' });
  serving.facade.askForHelp = async () => true;
});
after(() => serving.close());

const get = (path = PATH, headers: Record<string, string> = PAGE): Promise<Response> => serving.request(path, { headers });
const submit = (action: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<Response> =>
  serving.request(`${PATH}/${action}`, { method: 'POST', headers: { ...PAGE, ...headers }, body: new URLSearchParams(fields) });
const order = (action: string, body: object = {}, headers: Record<string, string> = {}): Promise<Response> =>
  serving.request(`${PATH}/${action}`, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(body) });
const orders = (): Action[] =>
  serving.asked.filter(({ method }) => method === 'act').map(({ input }) => (input as { action: Action }).action);

test('looking, as often as a scanner likes, shows no code, reads none and opens nothing; nobody may keep or frame the page', async () => {
  serving.facade.pass = async () => aPassView({ rooms: [aPassRoom({ keys: [aKey('code'), aKey('mobile_key'), aKey('cloud_key')] })] });
  for (const method of ['GET', 'HEAD', 'GET']) {
    const answer = await serving.request(PATH, { method, headers: PAGE });
    const text = await answer.text();
    assert.equal(answer.status, 200);
    assert.doesNotMatch(text, /471.?147|ik\.seam\.co/);
    assert.match(answer.headers.get('cache-control') ?? '', /no-store/);
    assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
    assert.match(answer.headers.get('x-robots-tag') ?? '', /noindex/);
    assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'.*frame-ancestors 'none'/);
  }
  assert.deepEqual([revealed, orders()], [[], []]);
  assert.ok(
    serving.log.every((line) => !line.includes(PATH.slice(6))),
    'a token is in the log',
  );
});

test('the whole page is small enough for a slow network, and says when, where and whom to call', async () => {
  const text = await (await get()).text();
  assert.ok(text.length < 15_000, String(text.length));
  for (const words of ['Harbour House', 'Room 101', 'You can get in now', 'Open Main entrance', 'Show the code', 'tel:+351911000000'])
    assert.ok(text.includes(words), words);
});

test('codes and key links are shown when asked for, and never of a held stay, of another guest, or after the window', async () => {
  const keys = [aKey('code'), aKey('mobile_key')];
  serving.facade.pass = async () => aPassView({ rooms: [aPassRoom({ keys })] });
  const shown = await (await submit('show')).text();
  assert.ok(shown.includes('471 147') && shown.includes(`href="${LINK}"`));
  const json = (await (await order('show')).json()) as { rooms: { keys: { secret: string }[] }[] };
  assert.deepEqual(
    json.rooms[0]?.keys.map(({ secret }) => secret),
    ['471147', LINK],
  );
  const past = { startsAt: Date.now() - 2_000, endsAt: Date.now() - 1_000 };
  for (const view of [aPassView({ mayShow: false }), aPassView({ rooms: [aPassRoom({ window: past })] }), aPassView({ rooms: [] })]) {
    revealed = [];
    serving.facade.pass = async () => view;
    for (const answer of [await submit('show'), await order('show'), await submit('help'), await order('help')])
      assert.doesNotMatch(await answer.text(), /471.?147|ik\.seam/);
    assert.deepEqual(revealed, []);
  }
});

test('a key that cannot be read now is said so, and the others are shown', async () => {
  const failing = await serve({ overrides: { reveal: (id) => (id === 'method-code' ? Promise.reject(new Error('471147')) : reveal(id)) } });
  try {
    failing.facade.pass = async () => aPassView({ rooms: [aPassRoom({ keys: [aKey('code'), aKey('mobile_key')] })] });
    const text = await (await failing.request(`${PATH}/show`, { method: 'POST', headers: PAGE })).text();
    assert.ok(text.includes('could not be read') && text.includes(LINK));
    assert.doesNotMatch(failing.log.join(''), /471147/);
  } finally {
    await failing.close();
  }
});

test("a door opens by form and by JSON, once per key, in the guest's name, and an unconfirmed one reads requested", async () => {
  const page = await (await get()).text();
  const keys = [...page.matchAll(/name="key" value="([^"]+)"/g)].map(([, key]) => key ?? '');
  const form = await submit('unlock', { entranceId: FRONT_DOOR.id, key: keys[0] ?? '' });
  assert.equal(form.status, 200);
  const text = await form.text();
  assert.match(text, /role="status" tabindex="-1" autofocus>Requested: Main entrance/);
  assert.doesNotMatch(text, new RegExp(keys[0] ?? 'none'), 'the next tap is another one');
  const json = await order('unlock', { entranceId: FRONT_DOOR.id }, { 'idempotency-key': 'app-1' });
  assert.deepEqual(await json.json(), { outcome: 'requested', actionAttemptId: 'attempt-1' });
  const [first, second] = orders();
  assert.ok(
    first?.action === 'unlock' &&
      first.guestId === 'g1' &&
      first.by === 'g1' &&
      first.entranceId === FRONT_DOOR.id &&
      first.deviceId === null,
  );
  assert.ok(first.idempotencyKey.endsWith(keys[0] ?? 'none') && second?.idempotencyKey.endsWith('.app-1'));
});

test('the door that is named opens, whether the other field is left out, null or left empty', async () => {
  const door = { entranceId: FRONT_DOOR.id };
  for (const body of [door, { ...door, deviceId: null, key: null }]) assert.equal((await order('unlock', body)).status, 200);
  assert.equal((await submit('unlock', { ...door, deviceId: '', key: '' })).status, 200);
  assert.deepEqual(
    orders().map((action) => action.action === 'unlock' && [action.entranceId, action.deviceId]),
    Array.from({ length: 3 }, () => [FRONT_DOOR.id, null]),
  );
});

test('what the lock said is told in words', async () => {
  for (const [outcome, words] of [
    ['confirmed', 'Main entrance is unlocked'],
    ['failed', 'did not open'],
  ] as const) {
    serving.facade.act = async () => ({ outcome, actionAttemptId: 'attempt-1' });
    assert.ok((await (await submit('unlock', { entranceId: FRONT_DOOR.id })).text()).includes(words));
  }
});

test('no door of others, none of another kind, and none before the window: the workflow has the last word', async () => {
  for (const body of [{ entranceId: 'door-102' }, { deviceId: FRONT_DOOR.id }]) assert.equal((await order('unlock', body)).status, 404);
  for (const body of [{}, { entranceId: 'a', deviceId: 'b' }]) assert.equal((await order('unlock', body)).status, 400);
  for (const body of [{ entranceId: '', deviceId: '' }, { entranceId: null }]) assert.equal((await order('unlock', body)).status, 400);
  assert.equal((await submit('unlock', { entranceId: '', deviceId: '' })).status, 400);
  assert.deepEqual(orders(), []);
  serving.facade.pass = async () => aPassView({ rooms: [aPassRoom(beforeArrival())] });
  assert.doesNotMatch(await (await get()).text(), /Open Main entrance/);
  serving.facade.act = async () => {
    throw new Conflict('Access starts later.');
  };
  const early = await submit('unlock', { entranceId: FRONT_DOOR.id });
  assert.equal(early.status, 409);
  assert.match(await early.text(), /buttons on this page open these doors/);
  assert.equal((await order('unlock', { entranceId: FRONT_DOOR.id })).status, 409);
});

test('help is a ladder: the keys once more with what to try, then staff is told, or the guest that there is nobody', async () => {
  const first = await (await submit('help')).text();
  for (const words of ['471 147', 'Type the code slowly', 'tell the staff']) assert.ok(first.includes(words), words);
  assert.equal(
    serving.asked.some(({ method }) => method === 'askForHelp'),
    false,
  );
  const second = await (await submit('help', { step: 'staff' })).text();
  assert.ok(second.includes('We have told the staff') && !second.includes('tell the staff</button>'));
  assert.deepEqual(serving.asked.find(({ method }) => method === 'askForHelp')?.input, {
    source: 'mews-lisbon',
    reservationId: 'R-1',
    guestId: 'g1',
  });
  serving.facade.pass = async () => aPassView({ property: { hasStaff: false } });
  assert.equal(((await (await order('help', { step: 'staff' })).json()) as { outcome: string }).outcome, 'nobody_told');
});

test('help offers by name whatever else opens the same door now, also once staff is told, and nothing that is not to be shown', async () => {
  const back = { ...FRONT_DOOR, id: 'door-2', name: 'Back door', opensFromPage: false };
  const keys = [aKey('code', [FRONT_DOOR.id, back.id]), aKey('mobile_key', [back.id]), aKey('cloud_key'), aKey('card', [])];
  const rooms = [aPassRoom({ doors: [FRONT_DOOR, back], keys })];
  serving.facade.pass = async () => aPassView({ rooms });
  for (const step of ['keys', 'staff']) {
    const text = await (await submit('help', { step })).text();
    assert.match(text, /Main entrance: if one way does not work, please try another: the code or the button on this page\./);
    assert.match(text, /Back door: if one way does not work, please try another: the code or the mobile key\./);
  }
  const json = (await (await order('help')).json()) as { otherWays: object };
  assert.deepEqual(json.otherWays, [
    { doors: [FRONT_DOOR.id], modes: ['code', 'cloud_key'] },
    { doors: [back.id], modes: ['code', 'mobile_key'] },
  ]);
  for (const view of [aPassView({ rooms, mayShow: false }), aPassView({ rooms: [aPassRoom({ keys: [aKey('code')] })] })]) {
    serving.facade.pass = async () => view;
    assert.doesNotMatch(await (await submit('help')).text(), /if one way/);
  }
});

test('a guest whose card waits at the desk reads when somebody is there, and an app reads it, too', async () => {
  const rooms = [aPassRoom({ keys: [aKey('card')] })];
  serving.facade.pass = async () => aPassView({ rooms, language: 'de', property: { deskHours: { from: 7 * 60, to: 30 } } });
  assert.match(await (await get()).text(), /Rezeption für Sie bereit\. Die Rezeption ist von 07:00 bis 00:30 besetzt\./);
  const json = (await (await get(PATH, { accept: 'application/json' })).json()) as { property: { deskHours: object } };
  assert.deepEqual(json.property.deskHours, { from: '07:00', to: '00:30' });
});

test('another key link is had by form and by JSON, once per key, and shown at once; where it cannot be, that is said and nothing is lost', async () => {
  const rooms = [aPassRoom({ keys: [aKey('mobile_key')] })];
  serving.facade.pass = async () => aPassView({ rooms, newKeyFrom: Date.now() - 1 });
  serving.facade.act = async () => ({ outcome: 'made' });
  assert.doesNotMatch(await (await get()).text(), /Get a new link/);
  for (const page of [await submit('show'), await submit('help')]) {
    const key = /name="key" value="([^"]+)"><button class="second">Get a new link/.exec(await page.text())?.[1] ?? 'none';
    const text = await (await submit('new-key', { key })).text();
    assert.match(text, /autofocus>Here is your new link/);
    assert.ok(text.includes(`href="${LINK}"`) && orders().at(-1)?.idempotencyKey.endsWith(key));
  }
  serving.facade.act = async () => ({ outcome: 'requested' });
  const json = (await (await order('new-key', {}, { 'idempotency-key': 'app-1' })).json()) as {
    outcome: string;
    pass: { newKey: boolean };
  };
  assert.deepEqual([json.outcome, json.pass.newKey], ['requested', true]);
  const [first] = orders();
  assert.ok(first?.action === 'renew-key' && first.guestId === 'g1' && first.by === 'g1');
  serving.facade.act = async () => {
    throw new Conflict('Another Instant Key was made a moment ago.');
  };
  const refused = await submit('new-key');
  assert.equal(refused.status, 409);
  assert.match(await refused.text(), new RegExp(`cannot be made right now[^]*${LINK}`));
  assert.equal((await order('new-key')).status, 409);
});

test('no other key link is offered or asked for before its time, nor where the guest has none', async () => {
  const rooms = [aPassRoom({ keys: [aKey('code'), aKey('mobile_key')] })];
  for (const view of [aPassView({ rooms }), aPassView({ rooms, newKeyFrom: Date.now() + 60_000 })]) {
    serving.facade.pass = async () => view;
    assert.doesNotMatch(await (await submit('show')).text(), /Get a new link/);
    assert.deepEqual([(await submit('new-key')).status, (await order('new-key')).status], [409, 409]);
  }
  assert.deepEqual(orders(), []);
});

test('garbage is 404 before anything is asked, a replaced or ended link 410 with whom to call', async () => {
  for (const token of ['x'.repeat(40), `${PATH.slice(6)}AAAA`, PATH.slice(6, -4)])
    for (const answer of [
      await get(`/pass/${token}`),
      await serving.request(`/pass/${token}/unlock`, { method: 'POST', headers: JSON_TYPE, body: '{}' }),
    ])
      assert.equal(answer.status, 404);
  assert.deepEqual(serving.asked, []);
  serving.facade.pass = async () => aPassView({ generation: 1 });
  const replaced = await get();
  assert.equal(replaced.status, 410);
  assert.match(await replaced.text(), /replaced by a new one[^]*\+351911000000/);
  serving.facade.pass = async () => aPassView({ phase: 'over', rooms: [] });
  for (const answer of [await get(), await order('unlock', { entranceId: FRONT_DOOR.id }), await order('show')])
    assert.equal(answer.status, 410);
  serving.facade.pass = async () => null;
  assert.equal((await get()).status, 404);
});

test('a page of another site can do nothing here; our own forms and apps can', async () => {
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
  ];
  for (const headers of foreign) assert.equal((await submit('show', {}, headers)).status, 403);
  assert.deepEqual([revealed, serving.asked], [[], []]);
  const own: Record<string, string>[] = [
    { 'sec-fetch-site': 'same-origin', origin: 'null' },
    { origin: 'null' },
    { origin: serving.url },
    { origin: 'https://latchkey.example' },
    {},
  ];
  for (const headers of own) assert.equal((await submit('show', {}, headers)).status, 200);
});

test('while no worker or no Temporal answers the guest reads, in the language of the browser, whom to call', async () => {
  const houses =
    'properties: { villa: { timeZone: Europe/Lisbon, units: {}, staff: { phone: "+351911222333" } }, hut: { timeZone: Europe/Lisbon, units: {} } }';
  const { value } = parseConfiguration({ text: houses, file: 'test.yaml' });
  assert.ok(value);
  const away = await serve({ overrides: { configuration: value } });
  try {
    away.facade.propertyOfStay = async () => 'villa';
    for (const error of [new NoWorker('away'), new TemporalUnavailable('away')]) {
      away.facade.pass = async () => {
        throw error;
      };
      const answer = await away.request(PATH, { headers: { ...PAGE, 'accept-language': 'xx, de-CH;q=0.9, en;q=0.8' } });
      assert.equal(answer.status, 503);
      assert.ok(Number(answer.headers.get('retry-after')) > 0);
      assert.match(await answer.text(), /lang="de-CH"[^]*villa[^]*in einer Minute[^]*tel:\+351911222333/);
      const json = await away.request(PATH, { headers: { accept: 'application/json' } });
      assert.match(json.headers.get('content-type') ?? '', /^application\/problem\+json/);
    }
  } finally {
    await away.close();
  }
});

test('the page speaks the language of the booking, else of the browser, else of the property', async () => {
  const lang = async (language: string | null, accepted?: string): Promise<string | undefined> => {
    serving.facade.pass = async () => aPassView({ language, property: { language: 'fr' } });
    const text = await (await get(PATH, { ...PAGE, ...(accepted === undefined ? {} : { 'accept-language': accepted }) })).text();
    return /<html lang="(\w\w)/.exec(text)?.[1];
  };
  assert.deepEqual(
    [await lang('es', 'de'), await lang(null, 'nl, de;q=0.5'), await lang(null, 'nl'), await lang(null)],
    ['es', 'de', 'fr', 'fr'],
  );
});

test('what strangers named is text on the page, whatever it looks like', async () => {
  const door = { ...FRONT_DOOR, name: '<img src=x onerror=alert(1)>"\'' };
  const rooms = [aPassRoom({ unitId: '"><script>alert(2)</script>', doors: [door] })];
  serving.facade.pass = async () => aPassView({ rooms, property: { name: '</title><b>', helpLine: 'javascript:alert(3)' } });
  const text = await (await get()).text();
  assert.equal((text.match(/<script>/g) ?? []).length, 1);
  assert.doesNotMatch(text, /<img|<b>|href="javascript/);
});

test('a home screen can hold the page: the manifest names it and holds nothing of what it shows', async () => {
  const answer = await get(`${PATH}/manifest.webmanifest`, {});
  assert.match(answer.headers.get('content-type') ?? '', /manifest\+json/);
  const manifest = (await answer.json()) as { start_url: string; display: string; icons: { src: string }[] };
  assert.deepEqual([manifest.start_url, manifest.display], [PATH, 'standalone']);
  assert.equal((await get(manifest.icons[0]?.src)).status, 200);
  assert.deepEqual(revealed, []);
});

test('one link is asked for a minute no more often than a person taps; another guest goes on', async () => {
  const strict = await serve({ rates: { ...RATES, pass: { max: 2, windowMs: 60_000 } } });
  try {
    strict.facade.pass = async () => aPassView();
    const statuses = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await strict.request(PATH, { headers: PAGE })).status);
    assert.deepEqual(statuses, [200, 200, 429]);
    assert.equal((await strict.request(`/pass/${passTokens.seal({ ...HOLDER, guestId: 'g2' })}`, { headers: PAGE })).status, 200);
  } finally {
    await strict.close();
  }
});

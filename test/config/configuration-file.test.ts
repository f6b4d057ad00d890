import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Configuration } from '../../config/configuration.ts';
import { parseConfiguration } from '../../config/properties.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NO_DOORS = { entrances: [], devices: [], spaces: [], spaceKeys: [] };

function parse(text: string): Configuration {
  const { value, problems } = parseConfiguration({ text, file: 'x.yaml' });
  assert.deepEqual(problems, []);
  assert.ok(value !== null);
  return value;
}

/** As a person sees them: `line path: what. remedy`. */
const complaints = (text: string): string =>
  parseConfiguration({ text, file: 'x.yaml' })
    .problems.map(({ where, what, remedy }) => `${where.replace('x.yaml:', '')}: ${what}${remedy === null ? '' : `. ${remedy}`}`)
    .join('\n');

const house = (lines: string): string => `properties:\n  h:\n    timeZone: Etc/UTC\n    units: {}\n${lines.replace(/^/gm, '    ')}\n`;

test('timeZone and units are enough: everything else has the documented default', () => {
  const { properties, privacy } = parse('properties:\n  villa:\n    timeZone: Europe/Lisbon\n    units:\n      "1": {}\n');
  assert.deepEqual(privacy, { eraseAfter: 30 * 24 * HOUR });
  assert.deepEqual(properties.get('villa'), {
    id: 'villa',
    name: 'villa',
    timeZone: 'Europe/Lisbon',
    checkIn: '15:00',
    checkOut: '11:00',
    language: 'en',
    staff: { email: null, phone: null },
    access: {
      modes: ['code'],
      guests: 'reachable',
      opensBefore: 0,
      closesAfter: 30 * MINUTE,
      requires: [],
      onConditionLost: 'hold',
      overlap: 'hold',
      roomMove: 'make-before-break',
      noShowGrace: 12 * HOUR,
      cancelGrace: 15 * MINUTE,
      rebookGrace: 0,
      instantKeyMaxUses: 2,
      attentionBefore: 4 * HOUR,
      provision: { provider: 'grants', acs: null, codePolicy: { by: 'seam', length: 6 }, reservationKey: 'auto' },
    },
    messages: {
      channels: ['email', 'sms'],
      content: 'code',
      revealBefore: 24 * HOUR,
      quietHours: { from: 21 * 60, to: 8 * 60 },
      contactChange: 'confirm',
      smsCountries: [],
      from: null,
      replyTo: null,
      helpLine: null,
    },
    units: new Map([['1', { doors: NO_DOORS, modes: null }]]),
    common: NO_DOORS,
  });
});

test('every documented setting is taken, also those of providers that other parts build on', () => {
  const text = house(`name: Harbour House
checkIn: 14:00
staff: { email: desk@harbour.example, phone: "+351 911 000 000" }
access:
  modes: [code, card, mobile_key, cloud_key]
  provider: acs
  acs: { systemId: s1, credentialManagerSystemId: null, accessGroups: [g], multiPhoneSync: true, cardFormat: TLCode }
  codePolicy: { by: reservation, length: 4 }
  reservationKey: always
  opensBefore: PT1H30M
  instantKey: { maxUses: 5, customizationProfileId: 3f0c7d4e-5b6a-4c1d-9e8f-7a6b5c4d3e2f }
messages:
  content: pass
  quietHours: null
  smsCountries: [PT, GB]
  deskHours: { from: "07:30", to: "01:00" }
  from: "Desk <desk@harbour.example>"
common: { entrances: [e0] }`);
  const property = parse(text).properties.get('h');
  assert.deepEqual(property?.staff, { email: 'desk@harbour.example', phone: '+351911000000' });
  assert.deepEqual([property.messages.replyTo, property.messages.helpLine], ['desk@harbour.example', '+351911000000']);
  assert.deepEqual([property.messages.quietHours, property.access.opensBefore, property.access.instantKeyMaxUses], [null, 90 * MINUTE, 5]);
  assert.deepEqual(
    [property.access.customizationProfileId, property.messages.deskHours],
    ['3f0c7d4e-5b6a-4c1d-9e8f-7a6b5c4d3e2f', { from: 450, to: 60 }],
  );
  assert.deepEqual(property.access.provision, {
    provider: 'acs',
    acs: {
      systemId: 's1',
      credentialManagerSystemId: null,
      accessGroups: ['g'],
      multiPhoneSync: true,
      cardFormat: 'TLCode',
    },
    codePolicy: { by: 'reservation', length: 4 },
    reservationKey: 'always',
  });
});

test('an error names line, path and what was expected, all of them at once', () => {
  const text = `properties:
  harbour:
    timeZone: Europe/Lisboa
    checkIn: 3pm
    acces: { modes: [code] }
    access:
      modes: [code, keycard]
      closesAfter: 30m
      codePolicy: { length: "6" }
    messages: { quietHours: { from: "21:00" }, smsCountries: [UK] }
    units:
      101: { entrances: [12345, a, a] }
      102: { doors: [x] }
  villa:
    timeZone: Europe/Lisbon
`;
  const found = complaints(text);
  for (const expected of [
    /^3 properties\.harbour\.timeZone: expected a time zone/m,
    /^4 properties\.harbour\.checkIn: expected a time of day/m,
    /^5 properties\.harbour\.acces: is no setting that exists here\. Known: name, timeZone/m,
    /^7 properties\.harbour\.access\.modes\[1\]: expected one of "code"/m,
    /^8 properties\.harbour\.access\.closesAfter: expected an ISO 8601 duration/m,
    /^9 properties\.harbour\.access\.codePolicy\.length: expected a whole number/m,
    /^10 properties\.harbour\.messages\.quietHours\.to: is missing: expected string/m,
    /^10 properties\.harbour\.messages\.smsCountries\[0\]: .*GB/m,
    /^12 properties\.harbour\.units\.101\.entrances\[0\]: expected string, received number\. Put it in quotes/m,
    /^13 properties\.harbour\.units\.102\.doors: is no setting/m,
    /^14 properties\.villa\.units: is missing: expected/m,
  ])
    assert.match(found, expected);
});

test('what is no YAML, empty, or without a property is told with its line', () => {
  assert.match(complaints('properties:\n  a: {\n'), /^\d+: /);
  assert.match(complaints(''), /^1: expected object/);
  assert.match(complaints('properties: {}\n'), /^1 properties: expected at least one property/);
  assert.match(complaints('properties:\n  a: !secret x\n'), /^2: /);
});

test('names are what the person wrote: 010 stays 010, a name stands once, and none reaches the prototype', () => {
  const text = 'properties:\n  h:\n    timeZone: Etc/UTC\n    units: { 010: { devices: [d] }, 1e3: {} }\n';
  assert.deepEqual([...(parse(text).properties.get('h')?.units.keys() ?? [])], ['010', '1e3']);
  assert.match(complaints(text.replace('1e3', '"010"')), /^4: "010" stands here twice/);
  assert.match(complaints(text.replace('1e3', '__proto__')), /^4: "__proto__" cannot be a name/);
  const { properties } = parse(text);
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) assert.equal(properties.get(name), undefined);
});

test('settings that contradict each other are refused', () => {
  assert.match(
    complaints(house('access: { codePolicy: { by: phone } }\ncommon: { spaces: [s] }')),
    /^5 properties\.h\.access\.codePolicy\.by: cannot be phone/,
  );
  assert.equal(complaints(house('access: { codePolicy: { by: phone } }')), '');
  const sharing = house('access: { codePolicy: { by: phone } }').replace(
    'units: {}',
    'units: { a: { devices: [gate] }, b: { devices: [gate] } }',
  );
  assert.match(complaints(sharing), /codePolicy\.by: cannot be phone where units share a door \(gate\)/);
  assert.match(complaints(house('access: { modes: [biometric] }')), /^5 properties\.h\.access\.modes\[0\]: expected one of/);
  assert.match(complaints(house('access: { provider: acs }')), /^5 properties\.h\.access\.acs: is missing/);
  const acs = 'access: { provider: acs, acs: { systemId: s } }';
  const overriding = 'provider: acs, acs: { systemId: s, overridesEarlierKeys: true }';
  assert.match(complaints(house(`access: { ${overriding} }`)), /^5 properties\.h\.access\.acs\.overridesEarlierKeys: needs guests: main/);
  assert.equal(complaints(house(`access: { guests: main, ${overriding} }`)), '');
  assert.match(complaints(house(`${acs}\ncommon: { devices: [d] }`)), /^6 properties\.h\.common\.devices: cannot be opened/);
  assert.equal(complaints(house(`${acs}\ncommon: { entrances: [e], spaceKeys: [k] }`)), '');
  const several = house('access: { provider: acs, acs: { systemId: s }, cards: 2 }').replace(
    'units: {}',
    'units: { a: { cards: 3 }, b: { cards: 1 } }',
  );
  assert.match(complaints(several), /^5 properties\.h\.access\.cards: cannot be more than 1[^]*units\.a\.cards: cannot/m);
  assert.doesNotMatch(complaints(several), /units\.b/);
  const codes = complaints(house('access: { provider: access_codes, modes: [code, card] }\ncommon: { entrances: [e] }'));
  assert.match(codes, /^5 properties\.h\.access\.modes: cannot be more than code/m);
  assert.match(codes, /^6 properties\.h\.common\.entrances: cannot be opened/m);
  assert.match(complaints(house('messages: { quietHours: { from: "21:00", to: "21:00" } }')), /two different times/);
  assert.match(complaints(house('timeZone: "+01:00"').replace('    timeZone: Etc/UTC\n', '')), /expected a time zone/);
});

test('a mailbox or name that could break out of a mail header is refused', () => {
  for (const from of ['"a@b.example\\r\\nBcc: x@y.example"', 'nobody', '"A <a@b.example> <c@d.example>"'])
    assert.match(complaints(house(`messages: { from: ${from} }`)), /expected an e-mail address/);
  assert.match(complaints(house('name: "a\\nb"')), /expected one line/);
});

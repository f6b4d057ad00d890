import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { jsonSchemaFile, jsonSchemaText } from '../../config/json-schema.ts';
import { exampleFile, loadConfiguration } from '../../config/settings.ts';
import { CASA_DO_MONTE, EXAMPLE_ESTATE, HARBOUR_HOUSE } from '../../simulator/example-estate.ts';

test('the example names the two properties, each unit with doors, and only doors that the stand-in has', () => {
  const { properties } = loadConfiguration(exampleFile);
  assert.deepEqual([...properties.keys()], ['harbour-house', 'casa-do-monte']);
  const known = {
    entrances: EXAMPLE_ESTATE.entrances.map(({ acsEntranceId }) => acsEntranceId),
    devices: EXAMPLE_ESTATE.devices.map(({ deviceId }) => deviceId),
    spaces: EXAMPLE_ESTATE.spaces.map(({ spaceId }) => spaceId),
    spaceKeys: EXAMPLE_ESTATE.spaces.map(({ spaceKey }) => spaceKey),
  };
  for (const { units, common } of properties.values()) {
    for (const doors of [common, ...[...units.values()].map((unit) => unit.doors)]) {
      for (const kind of ['entrances', 'devices', 'spaces', 'spaceKeys'] as const)
        for (const door of doors[kind]) assert.ok(known[kind].includes(door), `${kind} ${door}`);
    }
  }
  const [hotel, villa] = [...properties.values()];
  assert.deepEqual(
    Object.fromEntries([...(hotel?.units ?? [])].map(([id, { doors }]) => [id, doors.entrances[0]])),
    HARBOUR_HOUSE.roomDoorIds,
  );
  assert.deepEqual([hotel?.timeZone, hotel?.common.entrances], ['Europe/Lisbon', [HARBOUR_HOUSE.streetDoorId]]);
  const { devices, spaces } = villa?.units.get('villa')?.doors ?? {};
  assert.deepEqual([devices, spaces], [[CASA_DO_MONTE.keypadId], [CASA_DO_MONTE.spaceId]]);
});

test('the JSON Schema that ships is the one of the code, takes the example, and refuses what the engine refuses', () => {
  assert.ok(
    isDeepStrictEqual(JSON.parse(readFileSync(jsonSchemaFile, 'utf8')), JSON.parse(jsonSchemaText())),
    'write it anew by `node config/json-schema.ts`',
  );
  const validate = new Ajv({ strict: false, formats: {} }).compile(JSON.parse(jsonSchemaText()));
  const example: unknown = parse(readFileSync(exampleFile, 'utf8'));
  assert.equal(validate(example), true, JSON.stringify(validate.errors));
  const house = { timeZone: 'Etc/UTC', units: {} };
  assert.equal(validate({ properties: { h: house } }), true);
  for (const wrong of [{ units: {} }, { ...house, acces: {} }, { ...house, checkIn: '3pm' }, { ...house, access: { closesAfter: 'P1M' } }])
    assert.equal(validate({ properties: { h: wrong } }), false);
});

/** What Seam, the doors and the revocations report: issuance that is late, dead or foreign doors, refused requests, access that stays. */
import type { Access } from './access.ts';
import { isGone } from './access-plan.ts';
import { doorFindings } from './door-findings.ts';
import { FAILURES, type FailureType } from './failure-types.ts';
import { causeOf, type Finding, note } from './finding.ts';
import { isInFlux, isSettledSoFar, OTHER_CODE } from './issuance.ts';
import { REVOCATION_ALERT_AFTER, SWAP_ALLOWANCE } from './pace.ts';
import type { Instant } from './reservation.ts';
import type { ReservationState, Setback } from './state.ts';
import { attentionAt, lateFrom, servingAccess, wantedAccess } from './truth.ts';

export function accessFindings({ state, now }: { state: ReservationState; now: Instant }): readonly Finding[] {
  const wanted = wantedAccess({ state, now }).flatMap((desired) => {
    const access = servingAccess({ state, desired });
    const lateAt = lateFrom({ state, startsAt: desired.window.startsAt });
    const deadline = desired.window.startsAt;
    if (access === undefined) return [];
    const doors = doorFindings({ access, attention: attentionAt({ state, startsAt: deadline }), lateAt, deadline });
    const setback = state.setbacks[access.grantKey];
    const inFlux = isInFlux({ access, window: desired.window });
    const isAsked = setback !== undefined && blocks(setback.failure.type);
    if (isAsked || isSettledSoFar({ access, window: desired.window, isTroubled: setback !== undefined })) return doors;
    return [...issuanceFindings({ access, lateAt, deadline, inFlux }), ...doors];
  });
  const notes = wantedAccess({ state, now }).flatMap((desired) => codeNotes(servingAccess({ state, desired })));
  return [...once(wanted), ...notes, ...sharedUnits(state), ...revocationFindings(state), ...setbackFindings(state)];
}

/** Two guests of a room have the same doors: what is wrong with one is said once. */
const once = (all: readonly Finding[]): readonly Finding[] => [...new Map(all.map((finding) => [causeOf(finding), finding])).values()];

/** Only a person can mend the cause, and is told so by the setback itself. */
const blocks = (type: FailureType): boolean => type === 'ModeImpossible' || FAILURES[type].retry === 'never';

/** Two guests of one room have two grants: staff must see which of them. */
export const whose = ({ roomId, guestId }: Access): string => `room ${roomId} (guest ${guestId})`;

interface Late {
  readonly access: Access;
  readonly lateAt: Instant;
  readonly deadline: Instant;
}

function issuanceFindings({ access, lateAt, deadline, inFlux }: Late & { inFlux: boolean }): readonly Finding[] {
  const risk = { subject: access.grantKey, for: 'staff', deadline, effect: 'risk', from: lateAt, alertAt: lateAt } as const;
  const failed = access.reading?.methods.filter((method) => method.state === 'failed') ?? [];
  if (failed.length > 0)
    return [
      {
        ...risk,
        code: 'issuance_failed',
        text: `Seam could not issue the ${failed[0]?.mode} for ${whose(access)} and keeps trying.`,
        from: 0,
        alertAt: 0,
      },
    ];
  const text =
    inFlux && access.reading !== null
      ? `Seam is changing the access to ${whose(access)}.`
      : `Seam has not issued the access to ${whose(access)} yet.`;
  return [{ ...risk, code: 'not_issued', text }];
}

/** A wish is no promise: what Seam issued is what the guest is told. */
function codeNotes(access: Access | undefined): readonly Finding[] {
  const isOther = access?.reading?.problems.some(({ code }) => code === OTHER_CODE) === true;
  if (access === undefined || !isOther) return [];
  const text = `The code that was asked for ${whose(access)} was not to be had; Seam issued another, which is what the guest is told.`;
  return [note({ code: 'code_not_as_asked', subject: access.grantKey, text })];
}

/** `overlap: warn`: let in all the same, but a person should know. */
function sharedUnits(state: ReservationState): readonly Finding[] {
  return state.accesses
    .filter((access) => access.ending === null && access.sharesWith !== null)
    .map(({ unitId, sharesWith, grantKey }) => {
      const text = `Unit ${unitId} is booked for ${sharesWith} at the same time.`;
      return { code: 'unit_shared', subject: grantKey, text, for: 'staff', deadline: null, effect: 'note', from: 0, alertAt: 0 };
    });
}

function revocationFindings(state: ReservationState): readonly Finding[] {
  return state.accesses.flatMap((access) => {
    if (access.ending === null || isGone(access)) return [];
    const alertAt = access.ending.since + REVOCATION_ALERT_AFTER;
    const text = `Access to ${whose(access)} is being taken back; Seam still shows it. The engine keeps trying.`;
    return [
      {
        code: 'revocation_pending',
        subject: access.grantKey,
        text,
        for: 'staff',
        deadline: null,
        effect: 'note',
        from: 0,
        alertAt,
      } satisfies Finding,
    ];
  });
}

/** A request that failed shows with its next try; one that only a person can mend blocks, and staff hears at once. */
function setbackFindings(state: ReservationState): readonly Finding[] {
  return Object.entries(state.setbacks).flatMap(([lane, setback]) => {
    if (lane in state.lines || setback.failure.type === 'StillThere') return [];
    const access = state.accesses.find((candidate) => candidate.grantKey === lane);
    const isReplaced = access?.isSuperseded === true && access.ending === null;
    return access === undefined || isGone(access) || isReplaced ? [] : [setbackFinding({ lane, setback, access })];
  });
}

function setbackFinding({ lane, setback, access }: { lane: string; setback: Setback; access: Access }): Finding {
  const { type, code, about } = setback.failure;
  if (type === 'UnitOccupied') return occupiedFinding({ subject: lane, setback });
  const what = `${FAILURES[type].text}${about === undefined ? (code === null ? '' : ` (${code})`) : `: ${about}`}`;
  if (setback.retryAt !== null && type !== 'SeamUnauthorized' && !blocks(type))
    return note({
      code: snake(type),
      subject: lane,
      text: `Access to ${whose(access)}: ${what}; the next try is at ${new Date(setback.retryAt).toISOString()}.`,
    });
  const text = `Access to ${whose(access)}: ${what}. Mend the cause, then use "retry".`;
  return { code: snake(type), subject: lane, text, for: 'staff', deadline: null, effect: 'block', from: 0, alertAt: 0 };
}

/** Clears by itself when the other stay leaves; two stays that swap their units pass through it. */
export function occupiedFinding({ subject, setback }: { subject: string; setback: Setback }): Finding {
  const text = `The unit is still another stay's${setback.failure.code === null ? '' : ` (${setback.failure.code})`}; nobody is let in or told until it is free.`;
  return {
    code: 'unit_occupied',
    subject,
    text,
    for: 'staff',
    deadline: null,
    effect: 'block',
    from: 0,
    alertAt: setback.since + SWAP_ALLOWANCE,
  };
}

const snake = (type: string): string => type.replace(/(?!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

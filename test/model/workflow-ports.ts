/** The real activities over the model's Seam and post: the proof before the telling is the engine's, what is proven is the model's. */
import { Context } from '@temporalio/activity';
import { createAccessActivities } from '../../activities/access.ts';
import type { Activities } from '../../activities/activities.ts';
import type { AccessPort, MailPort, NeighbourPort, SmsPort } from '../../activities/ports.ts';
import { createSendMessage } from '../../activities/send-message.ts';
import type { Neighbour } from '../../workflows/domain/occupancy.ts';
import { grantCommand, readCommand, rebookingCommand, revokeCommand, sendCommand, windowCommand } from './workflow-commands.ts';
import { deliver } from './workflow-letters.ts';
import type { WorkflowStay } from './workflow-stay.ts';

/** The stay whose activity is being carried out. */
type Here = () => WorkflowStay;

const workflowId = (): string => Context.current().info.workflowExecution?.workflowId ?? '';

export function modelActivities(stays: ReadonlyMap<string, WorkflowStay>): Partial<Activities> {
  const here: Here = () => {
    const stay = stays.get(workflowId());
    if (stay === undefined) throw new Error(`nobody plays ${workflowId()}`);
    return stay;
  };
  const access = createAccessPort(here);
  const neighbours = createNeighbourPort(here);
  const channels = { ...createChannels(here), propertyLimit: { admit: () => ({ admitted: true, giveBack: () => undefined }) as const } };
  const real = {
    ...createAccessActivities({ access, neighbours }),
    sendMessage: createSendMessage({
      access,
      neighbours,
      ...channels,
      mailDomain: 'house.example',
      statusCallback: ({ messageId }) => messageId,
      passUrl: ({ guestId, generation }) => `https://stays.example/pass/${guestId}-${generation}`,
    }),
  };
  return {
    grantAccess: (input) => {
      const stay = here();
      const command = stay.watch(() => grantCommand({ input, workflowId: stay.workflowId, reservation: stay.heard.reservation }));
      const work = () => real.grantAccess(input);
      return here().underWay.carry({ command, work, outcomeOf: (result) => ({ kind: 'granted', grantKey: input.grantKey, ...result }) });
    },
    changeAccessWindow: (input) => {
      const command = windowCommand({ input, grantKey: here().grantKeys.get(input.accessGrantId ?? '') ?? '' });
      const { grantKey, window } = command;
      return here().underWay.carry({
        command,
        work: () => real.changeAccessWindow(input),
        outcomeOf: () => ({ kind: 'windowChanged', grantKey, window }),
      });
    },
    readAccess: (input) => {
      const { grantKey } = input;
      const command = readCommand(input);
      return here().underWay.carry({
        command,
        work: () => real.readAccess(input),
        outcomeOf: (reading) => ({ kind: 'read', grantKey, reading }),
      });
    },
    revokeAccess: (input) => {
      const { grantKey } = input;
      return here().underWay.carry({
        command: revokeCommand({ input, stay: here() }),
        work: () => real.revokeAccess(input),
        outcomeOf: () => ({ kind: 'revoked', grantKey }),
      });
    },
    findRebooking: (question) => {
      const command = rebookingCommand(question);
      return here().underWay.carry({
        command,
        work: () => real.findRebooking(question),
        outcomeOf: (by) => ({ kind: 'rebookingLookedFor', by }),
      });
    },
    sendMessage: (input) => {
      const { messageId } = input;
      here().sending.set(messageId, input);
      return here().underWay.carry({
        command: sendCommand({ input, reservation: here().heard.reservation }),
        work: () => real.sendMessage(input),
        outcomeOf: (sent) =>
          sent.outcome === 'sent' ? { kind: 'sent', messageId, providerId: sent.providerId } : { kind: 'outdated', messageId },
      });
    },
  };
}

const createAccessPort = (here: Here): AccessPort => ({
  grant: async ({ grantKey, doors, modes, window }) => {
    const reading = here().seam.grant({ key: grantKey, doors, modes, window });
    here().grantKeys.set(reading.accessGrantId ?? '', grantKey);
    return reading;
  },
  changeWindow: async ({ accessGrantId, window }) => here().seam.move({ grantId: accessGrantId ?? '', window }),
  read: async ({ grantKey }) => here().seam.read(grantKey),
  renewKey: async () => ({ isNew: true }),
  revoke: async ({ grantKey }) => ({ gone: here().seam.delete(grantKey) }),
  secret: async ({ accessMethodId }) => {
    const { seam } = here();
    const method = [...seam.grants.values()].flatMap(({ methods }) => methods).find(({ id }) => id === accessMethodId);
    const secret = method?.secret ?? null;
    const issued = method?.state === 'issued';
    return { secret, issued, fingerprint: secret === null ? null : seam.secrets.fingerprint(secret) };
  },
});

/** A cancelled stay finds the one that replaces it; nobody else is in the house. */
const createNeighbourPort = (here: Here): NeighbourPort => ({
  find: async ({ units, booking }) => {
    const { rebookedBy, heard } = here();
    if (rebookedBy === null || heard.reservation.status !== 'cancelled') return [];
    const other: Neighbour = {
      workflowId: rebookedBy,
      key: 'model:R2',
      units,
      bookedAt: 0,
      kind: 'stay',
      booking,
      isOut: false,
    };
    return [other];
  },
});

const createChannels = (here: Here): { readonly mail: MailPort; readonly sms: SmsPort } => ({
  mail: {
    send: async ({ messageId, to, subject, text, html, calendar }) => {
      const letter = { messageId: messageId.slice(1, messageId.indexOf('.')), address: to, text: `${text}\n${html}`, lookUpSince: null };
      const stay = here();
      stay.watch(() => deliver({ stay, letter, open: `${subject}\n${calendar ?? ''}` }));
      return { messageId };
    },
  },
  sms: {
    send: async ({ to, body, statusCallback, lookUpSince }) => {
      const letter = { messageId: statusCallback ?? '', address: to, text: body, lookUpSince };
      const stay = here();
      return { sid: stay.watch(() => deliver({ stay, letter, open: '' })) };
    },
  },
});

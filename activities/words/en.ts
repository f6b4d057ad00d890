/** English. */
import type { Words } from './words.ts';

export const en: Words = {
  locale: 'en-GB',
  greeting: (name) => (name === null ? 'Hello,' : `Hello ${name},`),
  moment: (date, time) => `${date}, ${time}`,
  unit: (id) => `Room ${id}`,
  colon: ':',
  labels: {
    doors: 'Opens',
    doorsNow: 'Now opens',
    code: 'Code',
    newCode: 'New code',
    mobileKey: 'Mobile key',
    newMobileKey: 'New mobile key',
    page: 'Your page',
    card: 'Key card',
    atDesk: 'at the desk',
    newTimes: 'New times',
    from: 'From',
    until: 'Until',
    help: 'Help',
  },
  changes: {
    moved: ({ to, from }) => `Moved: ${to} instead of ${from}.`,
    added: (unit) => `New: ${unit}.`,
    gone: (unit) => `${unit} is no longer part of your stay.`,
    onlyNew: 'Please use only the new one from now on.',
    askDesk: 'Please ask at the desk: we will open for you.',
    deskOpen: ({ from, to }) => `The desk is open from ${from} to ${to}.`,
  },
  mail: {
    readySubject: (place) => `Your access to ${place} is ready`,
    ready: (place) =>
      `Your access to ${place} is ready. Below is everything you need to let yourself in, so please keep this message at hand.`,
    changedSubject: (place) => `Your access to ${place} has changed`,
    changed: (place) =>
      `Something about your access to ${place} has changed. Below is only what is new; everything else stays as we told you.`,
    pendingSubject: (place) => `Your key for ${place} is not ready yet`,
    pending: ({ place, starts }) =>
      `Your access to ${place} starts on ${starts}, but your key is not ready yet. We are working on it and will write to you as soon as it is.`,
    endedSubject: (place) => `Your access to ${place} ends earlier`,
    ended: ({ place, ends }) =>
      `Your access to ${place} is valid only until ${ends}, which is earlier than we told you. After that your key no longer opens the doors.`,
    contactSubject: (place) => `Your contact details for ${place} were changed`,
    contact: (place) =>
      `The contact details of your stay at ${place} were changed, so messages about your access no longer come here. If you did not ask for this, please tell us at once.`,
    alertSubject: ({ place, reservation }) => `${place}: reservation ${reservation} needs you`,
    alert: ({ place, reservation }) => `Reservation ${reservation} at ${place} needs a person to look at it.`,
    accessStarts: (starts) => `Access starts on ${starts}.`,
    mobileKeyHint: 'Please open the key on the phone that you will have with you.',
    pageHint: 'Your page shows your keys and opens the doors that can be opened from your phone.',
    localTime: 'All times are local times at the property.',
    help: (line) => `If anything does not work, we are here for you: ${line}`,
    callUs: (line) => `Please call us when you arrive, and we will let you in: ${line}`,
    seeDesk: 'Please come to the desk when you arrive, and we will let you in.',
    closing: 'Kind regards',
    stayAt: (place) => `Stay at ${place}`,
  },
  sms: {
    ready: 'Your access:',
    changed: 'Your access has changed.',
    pending: (starts) => `Your access starts ${starts}, but your key is not ready yet. We are working on it.`,
    ended: (ends) => `Your access is valid only until ${ends}, earlier than we told you.`,
    contact:
      'The contact details of your stay were changed, so we no longer write to this number. If you did not ask for this, please tell us at once.',
    alert: (reservation) => `Reservation ${reservation} needs you.`,
  },
};

/** What a booking has to fulfil before access is given, and does not (rules 2 and 3). */
import { unmetConditions, withholding } from './access-window.ts';
import { type Finding, note } from './finding.ts';
import type { ReservationState } from './state.ts';

export function conditionFindings(state: ReservationState, deadline: number, attention: number): readonly Finding[] {
  if (state.reservation.status === 'tentative') {
    const keeps = withholding(state).existing === null && state.accesses.some((access) => access.ending === null);
    const text = keeps
      ? 'The booking went back to tentative after access had started; nothing is taken back, please decide.'
      : 'The booking is tentative; access follows when it is confirmed.';
    return keeps
      ? [{ code: 'tentative_in_house', subject: 'stay', text, for: 'staff', deadline: null, effect: 'note', from: 0, alertAt: 0 }]
      : [note({ code: 'tentative', subject: 'stay', text })];
  }
  const lostInHouse = state.unmetSince !== null && state.unmetSince >= deadline;
  return unmetConditions(state).map((condition): Finding => {
    const text = lostInHouse
      ? `Condition "${condition}" fell away during the stay.`
      : `Condition "${condition}" is not met; access follows when it is.`;
    const from = lostInHouse ? 0 : attention;
    return {
      code: `condition_unmet:${condition}`,
      subject: 'stay',
      text,
      for: 'staff',
      deadline: lostInHouse ? null : deadline,
      effect: lostInHouse ? 'note' : 'block',
      from,
      alertAt: from,
    };
  });
}

/** Everything that is to be said about a reservation now, from all sources. */
import { accessFindings } from './access-findings.ts';
import { isOver } from './access-window.ts';
import { cardFindings } from './card-findings.ts';
import { contestFindings } from './contest.ts';
import { courseFindings } from './course-findings.ts';
import type { Finding } from './finding.ts';
import { helpFindings } from './help.ts';
import { renewalFindings } from './key-commands.ts';
import { delayFindings, messageFindings } from './message-findings.ts';
import { orderFindings } from './operator-orders.ts';
import { remembered } from './remembered.ts';
import { residualFindings } from './residual-findings.ts';
import { stayFindings } from './stay-findings.ts';

/** What a word of the PMS or of an operator can mend; when it is so again after that, it is another cause. */
export const mendable = remembered(({ state, now }): readonly Finding[] => {
  const booking = isOver({ state, now }) ? [] : stayFindings({ state, now });
  return [
    ...orderFindings(state),
    ...booking,
    ...courseFindings({ state, now }),
    ...accessFindings({ state, now }),
    ...contestFindings(state),
    ...renewalFindings({ state, now }),
    ...residualFindings({ state, now }),
    ...cardFindings(state),
    ...messageFindings({ state, now }),
  ];
});

export const findings = remembered((of): readonly Finding[] => [...mendable(of), ...delayFindings(of), ...helpFindings(of)]);
